"""A hundred thousand texts of strangers, and what is seen of them on Discord."""
