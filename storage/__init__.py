"""What the bridge remembers: facts in, effects out, and the narrow waist to a database."""
