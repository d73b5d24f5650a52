"""Claims: who answers a fan now, so that two do not."""
