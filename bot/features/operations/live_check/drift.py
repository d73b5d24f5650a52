"""Watches Fanvue's answers for what the bridge cannot read or does not know."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.features.operations.live_check.reads import READS, LiveRead
from bot.features.operations.live_check.shapes import (
    WORD_FIELDS,
    AnswerShape,
    names_of,
    rows_in,
    shape_of_rows,
)
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.operations import fanvue_drift
from storage.operations.fanvue_drift import FanvueDrift

log = logging.getLogger(__name__)

_READS: Final[Mapping[str, LiveRead]] = {one.name: one for one in READS}
_MOST: Final = 500  # forms of one operation's rows that are remembered; then it is not watched any more
_MOST_TOLD: Final = 2 * fanvue_drift.MOST  # things that are remembered: as many as are kept, and some more
_HIDDEN: Final = "*"


@dataclass
class DriftWatch:
    """Tells each new thing once; `look` keeps it. A row whose form is known costs a look at its names."""

    database: Database
    clock: Clock
    contract: str  # the version of the API that is spoken
    _forms: dict[str, set[int]] = field(default_factory=dict)
    _told: set[tuple[str, str, str]] = field(default_factory=set)
    _waiting: list[FanvueDrift] = field(default_factory=list)  # no more than _MOST_TOLD, as _told is
    _recalled: bool = False

    def heard(self, operation: str, body: Any) -> None:
        """Fanvue has answered a read, which waits for nothing here."""
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
            self._tell(wanted, shape_of_rows(wanted, [row]))

    async def look(self) -> None:
        """Keep what is new. Raises DatabaseUnreachable; what was not kept waits for the next time."""
        if not self._recalled:  # another process, or one before this, has told of these
            self._told.update(one.key for one in await self.database.read(fanvue_drift.every))
            self._recalled = True
        waiting = tuple(self._waiting)
        if not waiting:
            return

        async def work(tx: Transaction) -> tuple[set[FanvueDrift], set[tuple[str, str, str]]]:
            added = {one for one in waiting if await fanvue_drift.add(tx, one)}
            return added, {one.key for one in await fanvue_drift.every(tx)}

        added, known = await self.database.write(work)
        del self._waiting[: len(waiting)]
        self._told.update(known)
        for one in waiting:
            if one in added or one.key not in known:  # where there is no room for it, the log alone has it
                _log(one)

    def _tell(self, wanted: LiveRead, found: AnswerShape) -> None:
        for why in found.skipped:
            self._new(wanted.name, "row", why)
        for way in found.unreadable:
            self._new(wanted.name, "field", _without_keys(way, names_of(wanted.model)))
        for name, words in found.words.items():
            for word in words:
                self._new(wanted.name, "word", f"{name}: {word}")

    def _new(self, operation: str, kind: str, what: str) -> None:
        key = operation, kind, what
        if key in self._told or len(self._told) >= _MOST_TOLD:
            return
        self._told.add(key)
        self._waiting.append(FanvueDrift(*key, self.clock.now(), self.contract))


def _log(new: FanvueDrift) -> None:
    log.warning(
        "Fanvue answers something new; fanvue-bridge doctor --live says more",
        extra={"operation": new.operation, "kind": new.kind, "what": new.what},
    )


def _without_keys(way: str, known: frozenset[str]) -> str:
    """A way to a field; on it may be keys that Fanvue chose, and those may be anything."""
    return ".".join(name if name in known else _HIDDEN for name in way.split("."))


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
