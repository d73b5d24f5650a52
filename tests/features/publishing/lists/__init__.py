"""Lists of fans: made, filled from what is known, and told of truly."""
