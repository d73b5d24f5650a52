"""The bridge's memory: facts in, effects out, one narrow waist."""
