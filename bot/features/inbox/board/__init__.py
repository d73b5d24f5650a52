"""Waiting fans: one message per creator, and a member's list across creators."""
