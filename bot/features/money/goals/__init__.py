"""Goals: the income a creator wants in a week or a month, and the progress."""
