"""Watches Fanvue's answers for what the bridge cannot read or does not know."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.features.operations.live_check.reads import READS, LiveRead
from bot.features.operations.live_check.shapes import WORD_FIELDS, AnswerShape, rows_in, shape_of_rows

log = logging.getLogger(__name__)

Count = Callable[[str, str], None]  # the operation, and the kind of what is new
_READS: Final[Mapping[str, LiveRead]] = {one.name: one for one in READS}
_MOST: Final = 500  # forms of one operation's rows that are remembered; then it is not watched any more


@dataclass
class DriftWatch:
    """Counts each new thing once. A row whose form was seen before costs no more than a look at its names."""

    count: Count
    _forms: dict[str, set[int]] = field(default_factory=dict)
    _told: set[tuple[str, str, str]] = field(default_factory=set)

    def heard(self, operation: str, body: Any) -> None:
        """Fanvue has answered a read."""
        wanted = _READS.get(operation)
        if wanted is None:
            return
        rows = rows_in(wanted.place, body)
        if rows is None:
            self._new(operation, "shape", "no rows where they should be")
            return
        forms = self._forms.setdefault(operation, set())
        for row in rows:
            form = _form_of(row)
            if form in forms or len(forms) >= _MOST:
                continue
            forms.add(form)
            self._tell(operation, shape_of_rows(wanted, [row]))

    def _tell(self, operation: str, found: AnswerShape) -> None:
        for why in found.skipped:
            self._new(operation, "row", why)
        for name in found.unreadable:
            self._new(operation, "field", name)
        for name, words in found.words.items():
            for word in words:
                self._new(operation, "word", f"{name}: {word}")

    def _new(self, operation: str, kind: str, what: str) -> None:
        if (operation, kind, what) in self._told or len(self._told) >= _MOST:
            return
        self._told.add((operation, kind, what))
        self.count(operation, kind)
        log.warning(
            "Fanvue answers something new; fanvue-bridge doctor --live says more",
            extra={"operation": operation, "kind": kind, "what": what},
        )


def _form_of(value: Any, depth: int = 3) -> int:
    """The same for rows with the same names, kinds of values and words of Fanvue's own sets."""
    if isinstance(value, dict) and depth:
        return hash(
            tuple((name, _value(name, inner, depth)) for name, inner in sorted(value.items(), key=_name))
        )
    if isinstance(value, list) and depth:
        return hash(frozenset(_form_of(inner, depth - 1) for inner in value))
    return hash(type(value))


def _name(item: tuple[str, Any]) -> str:
    return item[0]


def _value(name: str, value: Any, depth: int) -> object:
    return value if name in WORD_FIELDS and isinstance(value, str) else _form_of(value, depth - 1)
