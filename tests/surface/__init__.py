"""What people see, press and read, measured."""
