"""Finds out by reading what Fanvue really does: `doctor --live`."""
