"""What a fan is to the creator by Fanvue: follower, not contactable, and so on."""
