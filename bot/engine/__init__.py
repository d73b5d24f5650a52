"""Facts in, effects out: the outbox, deliveries, retries, background tasks."""
