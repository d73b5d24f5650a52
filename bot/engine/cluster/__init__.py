"""Many processes on PostgreSQL: who has which stream, task and shard."""
