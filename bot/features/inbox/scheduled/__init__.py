"""Replies that leave at a time: looked at once more then, listed and cancelled."""
