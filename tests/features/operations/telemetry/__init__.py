"""Traces: what belongs together, and that nothing personal is in it."""
