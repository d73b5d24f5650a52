"""A creator's posts as they stand on Fanvue: listed, changed, deleted, pinned, reposted."""
