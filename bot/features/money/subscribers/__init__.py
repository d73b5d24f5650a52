"""Who subscribes: how it changes, who renews, and by which links fans came."""
