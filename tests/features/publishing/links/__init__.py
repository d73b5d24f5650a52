"""Tracking links: listed, made, deleted, looked into."""
