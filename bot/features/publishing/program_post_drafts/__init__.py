"""Posts that programs write and a member previews and publishes."""
