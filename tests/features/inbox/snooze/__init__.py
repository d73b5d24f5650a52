"""Fans who are put aside, and come back."""
