"""The rules: which fact becomes which effect; knows neither Discord nor Fanvue."""
