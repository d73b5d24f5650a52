"""Media chosen in a private gallery, for whatever is put together."""
