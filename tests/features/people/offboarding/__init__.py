"""Tests of offboarding: what ends when somebody is taken out of a team."""
