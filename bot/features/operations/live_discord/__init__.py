"""Finds out on a test server what Discord really does: `doctor --live-discord`."""
