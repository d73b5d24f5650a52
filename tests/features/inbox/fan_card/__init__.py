"""The card of a fan's thread, and its tags."""
