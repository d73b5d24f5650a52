"""Notes the secrets among all that stand-ins make or are told, if asked to.

A search of the bridge's output sets a variable to a file, for this process and its children. The file of
`VARIABLE` gets a line of JSON for each secret: its kind, and the value. The file of `HEARD` gets the bridge's
words where no log is: the place, and the text. Without the variables nothing happens.
"""

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

VARIABLE: Final = "SANDBOX_WITNESS"
HEARD: Final = "SANDBOX_HEARD"

Kind = Literal["token", "text", "name"]


def note(kind: Kind, *values: str | None) -> None:
    """Note new secrets: tokens and codes; somebody's texts; somebody's names."""
    _append(VARIABLE, *((kind, value) for value in values if value))


def note_typed(data: Mapping[str, Any]) -> None:
    """Note all that was typed into a command or a form, as Discord hands it on."""
    if VARIABLE in os.environ:
        note("text", *_typed(data.get("options") or data.get("components") or ()))


def heard(place: str, *said: str | bytes | Mapping[str, Any] | None) -> None:
    """The bridge said this to somebody. What is no text, a picture, is left out."""
    if HEARD in os.environ:
        texts = (_text(each) for each in said)
        _append(HEARD, *((place, text) for text in texts if text))


def _append(variable: str, *lines: tuple[str, str]) -> None:
    path = os.environ.get(variable)
    if path is None or not lines:
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        # At once: other processes write there too.
        os.write(descriptor, "".join(f"{json.dumps(line)}\n" for line in lines).encode())
    finally:
        os.close(descriptor)


def _text(said: str | bytes | Mapping[str, Any] | None) -> str | None:
    if isinstance(said, bytes):
        try:
            return said.decode()
        except UnicodeDecodeError:
            return None
    return said if said is None or isinstance(said, str) else json.dumps(said, ensure_ascii=False)


def _typed(parts: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for part in parts:
        if isinstance(part.get("value"), str):
            yield part["value"]
        inner = [*part.get("options", ()), *part.get("components", ())]
        if isinstance(part.get("component"), Mapping):
            inner.append(part["component"])
        yield from _typed(inner)
