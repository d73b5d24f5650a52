"""Posts: shown first, published once."""
