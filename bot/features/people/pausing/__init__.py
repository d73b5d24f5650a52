"""Pauses: what is sent in a creator's name is stopped, and let go by a word."""
