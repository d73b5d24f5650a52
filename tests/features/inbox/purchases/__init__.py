"""What was sold already, asked about before it is offered again."""
