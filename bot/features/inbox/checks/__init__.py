"""Checks before a reply leaves: all are heard, one answers."""
