"""Replies that wait for a lead."""
