"""Requests of programs: their bodies, and why one was not done."""
