"""What warm programs are forked from: all code of the bridge and its commands."""

import encodings.idna
import importlib.readers
import tomllib

import certifi

import bot.app.logs
import bot.cli.environment_lock
import bot.cli.media_upload
import bot.engine.cluster.identify_budget
import bot.engine.cluster.processes
import bot.engine.cluster.shard_lease
import bot.features.operations.doctor.command
import bot.features.operations.keys.command
import bot.features.operations.live_check.command
import bot.sandbox.discord.server
import storage.engine.postgres
from bot.app.preload import load
from bot.cli.main import _parser
from bot.model.version import version

LOADED = (encodings.idna, importlib.readers, tomllib, certifi, bot, storage)

load()
version()
_parser()
