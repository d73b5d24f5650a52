"""Digests: the events of a day, a week or a month, told to its owner once."""
