"""Whose phone rings when a fan writes."""
