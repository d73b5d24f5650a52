"""The relay against a small model, checked after each step (T5)."""
