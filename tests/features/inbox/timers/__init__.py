"""Who is pinged about a fan who waits."""
