"""Who is pinged about a fan who waits, and when; nobody, unless a team says so."""
