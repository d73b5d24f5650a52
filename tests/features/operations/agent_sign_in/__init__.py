"""Agents that sign in."""
