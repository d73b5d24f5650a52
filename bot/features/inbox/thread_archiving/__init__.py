"""Keeps room on a server: who was answered longest ago rests until they write."""
