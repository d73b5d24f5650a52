"""Whose forum it is, and who sees it: in whatever order people do things."""
