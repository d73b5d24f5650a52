"""Agents that sign in by OAuth; a person lets each of them in on Discord."""
