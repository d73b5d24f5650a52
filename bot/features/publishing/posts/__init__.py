"""Posts of a creator: shown to their own person first, published once."""
