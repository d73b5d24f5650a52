"""Crash points: the bridge dies at every named place, and nothing comes of it."""
