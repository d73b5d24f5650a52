"""A window's parts as one line: the bridge writes it, the check reads it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_LINE: Final = re.compile(
    r"list (?P<chosen>yes|no), files (?P<files>\d+), name (?P<name>yes|no), size (?P<size>yes|no), "
    r"type (?P<kind>yes|no), store (?P<store>yes|no)"
)


@dataclass(frozen=True)
class WindowFacts:
    """Whether each part arrived in the form that the bridge reads; nothing of what was in it."""

    chosen: bool  # the list's value is the one that was offered
    files: int
    name: bool
    size: bool
    kind: bool
    store: bool  # the file lies where the bridge fetches files

    def written(self) -> str:
        """The line."""
        return (
            f"list {_word(self.chosen)}, files {self.files}, name {_word(self.name)}, "
            f"size {_word(self.size)}, type {_word(self.kind)}, store {_word(self.store)}"
        )


def facts_in(message: Mapping[str, Any]) -> WindowFacts | None:
    """The facts that a message shows; None where it shows none."""
    found = _LINE.search("\n".join(_texts(message.get("components") or ())))
    if found is None:
        return None
    said = found.groupdict()
    yes = {name: said[name] == "yes" for name in ("chosen", "name", "size", "kind", "store")}
    return WindowFacts(files=int(said["files"]), **yes)


def _texts(components: Any) -> Iterator[str]:
    for one in components:
        yield str(one.get("content") or "")
        yield from _texts(one.get("components") or ())


def _word(true: bool) -> str:  # noqa: FBT001 - the only thing that it says
    return "yes" if true else "no"
