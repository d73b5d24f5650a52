"""What happened becomes what is shown; knows neither Discord nor Fanvue."""
