"""Drafts of replies that programs write and a person sends."""
