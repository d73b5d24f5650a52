"""Translates what fans write and drafts replies, where an owner allows it."""
