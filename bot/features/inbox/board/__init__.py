"""Who waits: one message for each creator, and a member's list across creators."""
