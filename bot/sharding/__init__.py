"""Who holds which shard of Discord's gateway, where several processes can."""
