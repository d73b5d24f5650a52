"""Translates what fans write, and drafts replies, where a creator's owner allows it."""
