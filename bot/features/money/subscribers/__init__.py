"""Subscribers: how they change, who renews, and by which links fans came."""
