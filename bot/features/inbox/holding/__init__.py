"""Replies wait a few seconds before they are sent, and can be cancelled meanwhile."""
