"""What stands in `deploy/`, run as far as this machine can."""
