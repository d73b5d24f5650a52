"""Turns events into posts; knows neither Discord nor Fanvue."""
