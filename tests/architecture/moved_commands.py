"""Prints docs/moved-commands.md: where a command is that had another name."""

from typing import Final

from bot.discord.moved_commands import MOVED

_HEAD: Final = """\
# Moved commands

Made from the code, and compared by a test:
`./run -- python -m tests.architecture.moved_commands > docs/moved-commands.md`.

Commands have at most sixteen first words now
([decision 122](decisions/0122-sixteen-first-words.md)). Options, buttons and menus are the same.
Those that are not here kept their names.

| before | now |
|---|---|"""


def page() -> str:
    """The whole document."""
    return "\n".join([_HEAD, *(f"| `/{old}` | `/{new}` |" for old, new in sorted(MOVED.items()))]) + "\n"


if __name__ == "__main__":
    print(page(), end="")
