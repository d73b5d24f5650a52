"""Programs draft mass messages."""
