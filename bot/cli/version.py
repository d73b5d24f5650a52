"""Says the version on the command line, looked up only when it is asked for."""

import argparse
from typing import NoReturn

from bot.model.version import version


class VersionAction(argparse.Action):
    """Looks the version up when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **_more: object) -> NoReturn:
        print(f"{parser.prog} {version()}")
        parser.exit()
