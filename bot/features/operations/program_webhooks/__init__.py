"""Tells programs of events at addresses of theirs, signed as Standard Webhooks."""
