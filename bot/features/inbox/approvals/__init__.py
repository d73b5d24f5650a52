"""Replies that wait for a lead: held, looked at, approved, edited, returned."""
