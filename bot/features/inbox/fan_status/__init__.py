"""A fan's Fanvue status with a creator: follower, not contactable, and so on."""
