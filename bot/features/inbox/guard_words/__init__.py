"""Own words for the guard: what a creator or an agency forbids."""
