"""Power cuts below the bridge's own storage: recorded, replayed, opened again."""
