"""What a warm bridge is forked from: all code of a run, loaded as for one."""

from bot.app.preload import load

load()
