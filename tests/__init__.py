"""Tests: they mirror the code; architecture/ looks at all of it."""
