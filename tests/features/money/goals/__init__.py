"""Goals: how they stand, and that each is told once."""
