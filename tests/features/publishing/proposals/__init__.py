"""What a member does for a whole creator: shown first, confirmed once."""
