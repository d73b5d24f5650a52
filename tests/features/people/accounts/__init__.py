"""Linking and tokens, against the real database and both stand-ins."""
