"""Proofs: programs that show a promise at length; each has a small size."""
