"""Digests: what happened in a day, a week or a month, told to its owner once."""
