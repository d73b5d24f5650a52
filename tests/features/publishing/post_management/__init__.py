"""Posts that are there: listed, changed, deleted, pinned, reposted."""
