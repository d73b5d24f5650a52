"""The settings: read once, checked together, explained when they are wrong."""
