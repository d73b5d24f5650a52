"""Whether the tests are steady: run again and again, half of it when busy."""
