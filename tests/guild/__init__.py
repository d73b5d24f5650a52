"""Tests of bot.guild."""
