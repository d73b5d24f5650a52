"""Members work for creators through their own Fanvue accounts."""
