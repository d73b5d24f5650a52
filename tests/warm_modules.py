"""What a warm bridge is forked from: all code of a run, and what starts share."""

import importlib.readers
import tomllib

import certifi

import bot.app.logs
import bot.cli.environment_lock
from bot.app.preload import load
from bot.cli.main import _parser
from bot.model.version import version

LOADED = (importlib.readers, tomllib, certifi, bot.app.logs, bot.cli.environment_lock)

load()
version()
_parser()
