"""Replies that wait a few seconds, and are cancelled meanwhile."""
