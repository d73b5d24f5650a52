"""Who holds which part of Discord's gateway, where several processes can."""
