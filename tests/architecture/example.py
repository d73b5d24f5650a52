"""Prints `.env.example` as the settings say it should be."""

from typing import Final

from bot.settings.model import Settings
from bot.settings.value_rules import SocketAddress

_HEAD: Final = """\
# The settings of the bridge. Copy this file to .env and fill in what has no value; the environment wins.
# A value with a $ in it stands in '…', and so Docker Compose reads the same as the bridge.
# Keep .env private (chmod 600): it opens the accounts of everybody who links one.
# Made from bot/settings/model.py: ./run -- python -m tests.architecture.example > .env.example

# For compose.yaml only: alone is one container, scale is several processes on PostgreSQL (docs/scaling.md)
COMPOSE_PROFILES=alone
"""


def example() -> str:
    """Every setting in order: a comment line that says what it is or where to get it, then its default."""
    blocks = [_HEAD]
    for name, field in Settings.model_fields.items():
        value = "" if field.is_required() else _written(field.default)
        blocks.append(f"# {field.description}\n{name.upper()}={value}\n")
    return "\n".join(blocks)


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, SocketAddress):
        return f"{value.host}:{value.port}"
    if isinstance(value, tuple):
        return ",".join(_written(part) for part in value)
    return str(value)


if __name__ == "__main__":
    print(example(), end="")
