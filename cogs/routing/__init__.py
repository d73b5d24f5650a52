"""Buttons, lists and windows: each custom_id leads to its handler."""
