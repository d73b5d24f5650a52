"""A creator's team: who is in it, what they may do, and where it is at home."""
