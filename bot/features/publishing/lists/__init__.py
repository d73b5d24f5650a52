"""Custom lists of fans: kept, built from what is known, filled in pieces."""
