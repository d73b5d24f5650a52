"""All that is set for a creator, in one place."""
