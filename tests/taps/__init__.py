"""Counts the taps that everyday deeds take on the demo's page at a phone's width."""
