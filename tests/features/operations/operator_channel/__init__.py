"""What the operator is told beside Discord."""
