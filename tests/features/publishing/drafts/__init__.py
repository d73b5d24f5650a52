"""A mass message that is put together on a phone."""
