"""What the bridge remembers: facts in, effects out, one narrow waist."""
