"""Three cards for a new member."""
