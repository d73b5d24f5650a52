"""What a lead reads of their team."""
