"""Programs are told of events."""
