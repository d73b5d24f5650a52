"""Which version this is: pyproject.toml says it, and nothing else does."""

import argparse
from pathlib import Path
from typing import Final, NoReturn

PROJECT: Final = "fanvue-discord-bridge"
_CHECKOUT: Final = Path(__file__).parents[2] / "pyproject.toml"  # of an installed one, nobody's


def version() -> str:
    """Of this checkout, or of what is installed."""
    import tomllib
    from importlib import metadata

    if _CHECKOUT.is_file():
        project = tomllib.loads(_CHECKOUT.read_text(encoding="utf-8")).get("project", {})
        if project.get("name") == PROJECT:
            return str(project["version"])
    return metadata.version(PROJECT)


class VersionAction(argparse.Action):
    """Looks the version up when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **_more: object) -> NoReturn:
        print(f"{parser.prog} {version()}")
        parser.exit()
