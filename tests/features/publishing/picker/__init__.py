"""The picker: media chosen in a private gallery."""
