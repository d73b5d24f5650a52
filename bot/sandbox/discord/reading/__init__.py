"""A person's view of a message, and its parts that do something."""
