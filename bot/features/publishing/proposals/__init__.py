"""A member's actions for a whole creator: shown to them first, confirmed once."""
