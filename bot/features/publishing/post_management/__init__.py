"""Posts that are on Fanvue: listed, changed, deleted, pinned, reposted."""
