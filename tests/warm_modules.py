"""What warm programs are forked from: all code of the bridge and its commands."""

import gc
from importlib import import_module

from bot.app.preload import load
from bot.cli.main import _parser
from bot.model.version import version

# What only a command loads, or only an installation of several processes, or only its first call.
_MORE = (
    "encodings.idna",
    "importlib.readers",
    "tomllib",
    "certifi",
    "bot.app.logs",
    "bot.cli.environment_lock",
    "bot.cli.media_upload",
    "bot.engine.cluster.identify_budget",
    "bot.engine.cluster.processes",
    "bot.engine.cluster.shard_lease",
    "bot.features.operations.doctor.command",
    "bot.features.operations.keys.command",
    "bot.features.operations.live_check.command",
    "bot.sandbox.discord.server",
    "storage.engine.postgres",
)

gc.disable()  # as `load` does it, which is also who ends it
for name in _MORE:
    import_module(name)
load()
version()
_parser()
