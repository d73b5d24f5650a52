"""What a member does for a whole creator: shown to them first, confirmed once."""
