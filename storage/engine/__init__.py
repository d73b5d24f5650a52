"""The databases themselves: drivers, transactions, the outbox, the audit log."""
