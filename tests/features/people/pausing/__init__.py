"""Tests of pauses: what is held, refused and goes on, and how a pause ends."""
