"""Who subscribes: counted from events, in the days of a creator."""
