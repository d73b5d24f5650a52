"""The card at the top of a fan's thread, and the tags of the thread."""
