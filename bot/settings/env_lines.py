"""Puts values into the text of a `.env` file; other lines stay (pure)."""

import io
import re
from collections.abc import Mapping

from dotenv.parser import Binding, parse_stream

HEAD = "# Made by `fanvue-bridge setup`, which changes it, too. Every other setting is in .env.example.\n"
_BARE = re.compile(r"[\w./:@+=,~-]*", re.ASCII)
_UNFIT = frozenset("'\\$\n\r")  # read in different ways by the bridge and by Docker Compose


def with_values(text: str, values: Mapping[str, str]) -> str:
    """The text in which these settings have these values; where one stood twice it stands once.

    Raises ValueError for a value that no line can hold.
    """
    lines = list(parse_stream(io.StringIO(text)))
    last = {line.key: place for place, line in enumerate(lines) if line.key in values}
    parts = [_line(line, values, here=last.get(line.key) == place) for place, line in enumerate(lines)]
    whole = "".join(parts)
    if whole and not whole.endswith("\n"):
        whole += "\n"
    return whole + "".join(f"{name}={_written(values[name])}\n" for name in values if name not in last)


def _line(line: Binding, values: Mapping[str, str], *, here: bool) -> str:
    written = line.original.string
    if line.key is None or line.key not in values:
        return written
    blank = written[: len(written) - len(written.lstrip())]
    return f"{blank}{line.key}={_written(values[line.key])}\n" if here else blank


def _written(value: str) -> str:
    if _UNFIT & set(value):
        raise ValueError("cannot be written into one line")
    return value if _BARE.fullmatch(value) else f"'{value}'"
