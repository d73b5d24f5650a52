"""Keeping room on a server: who was answered longest ago rests, and comes back."""
