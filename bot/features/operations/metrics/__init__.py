"""The figures that are read when somebody asks for them."""
