"""The number and speed of each team member's answers: for leads, privately."""
