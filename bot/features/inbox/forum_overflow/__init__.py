"""A creator's forum holds as many fans as one should: a second one is made, once."""
