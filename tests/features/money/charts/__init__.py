"""Charts of bars: what the pictures show, and what their words say."""
