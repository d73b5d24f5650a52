"""Loads all code of a run at once; the garbage collector has no part in it."""

import gc
from importlib import import_module

from bot.discord.cog_loading import cog_names, load_cogs

_RUN = "bot.app.lifetime"


def load() -> None:
    """Load every module that a run needs; from then on the collector looks through none of what is there.

    Code stays as long as the process does, and is most of what a bridge has in memory. To look through it
    again and again took a sixth of its loading, and later a tenth of a second each time, in which nothing
    else went on.
    """
    gc.disable()
    try:
        import_module(_RUN)
        load_cogs(cog_names())
    finally:
        gc.freeze()  # without a look before: that takes longer than the little that it would find is worth
        gc.enable()
