"""Answering fans together: conversations, replies, checks, fan cards."""
