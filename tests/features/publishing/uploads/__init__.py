"""Files on their way into a vault."""
