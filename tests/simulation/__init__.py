"""One seed, one thread, virtual time: the bridge and both networks."""
