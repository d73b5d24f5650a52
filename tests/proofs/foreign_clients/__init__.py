"""Ordinary clients of Discord as a second opinion on the stand-in."""
