"""What must stay secret is searched for in everything that leaves the bridge."""
