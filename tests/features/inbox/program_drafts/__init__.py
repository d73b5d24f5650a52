"""Drafts that programs write and a person sends."""
