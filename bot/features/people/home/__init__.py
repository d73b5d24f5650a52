"""What a member needs to know now, on one private panel."""
