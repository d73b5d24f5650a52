"""Which waiting fans are offered to whom first, by a creator's own rules."""
