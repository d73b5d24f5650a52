"""What a person sees of a message, and what in it does something."""
