"""Pauses: sending in a creator's name is stopped, and let go by a word."""
