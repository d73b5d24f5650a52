"""Three cards that show a new member around."""
