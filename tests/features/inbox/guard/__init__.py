"""What must not leave is found, however it is written; what is innocent passes."""
