"""Finds what a live check made at Fanvue by its mark, and removes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.features.operations.live_check.calls import LiveCalls, ReadNotSeen, went
from bot.features.operations.live_check.notes import NoteKeeper, TraceKind, id_in

_MOST: Final = 50  # rows of a list that are looked through; what the check made is among the newest
_ENDED: Final = frozenset({"UNSENT"})
_BEHIND: Final = 5.0  # seconds that a list may be behind what was just done
_LOOKS: Final = 2  # more, at a list that shows something or may lack it
_NOT_THERE, _TROUBLE = (404, 410), 500  # HTTP statuses


@dataclass(frozen=True)
class _Way:
    """How one kind is found and removed. `says`: the field with the mark; `part`: of the way to delete."""

    list: str
    says: str
    delete: str
    part: str
    of_fan: bool = False


_WAYS: Final[Mapping[TraceKind, _Way]] = {
    TraceKind.MESSAGE: _Way("messages", "text", "delete_message", "messageUuid", of_fan=True),
    TraceKind.MASS: _Way("mass_messages", "text", "delete_mass", "messageUuid"),
    TraceKind.LIST: _Way("custom_lists", "name", "delete_list", "uuid"),
    TraceKind.POST: _Way("posts", "text", "delete_post", "uuid"),
    TraceKind.SUBSCRIPTION: _Way("subscriptions", "url", "unsubscribe", "id"),
}


@dataclass(frozen=True)
class TraceRemover:
    """Removes; what cannot be removed stays in the notes, and is tried again at the next start."""

    calls: LiveCalls
    keeper: NoteKeeper

    async def marked(self, kind: TraceKind) -> Sequence[Mapping[str, Any]]:
        """The rows of this kind that have the mark. Raises ReadNotSeen."""
        way, notes = _WAYS[kind], self.keeper.notes
        parts = {"userUuid": notes.fan} if way.of_fan else {}
        rows = await self.calls.rows(way.list, _MOST, **parts)
        return [row for row in rows if notes.mark in _text(row, way.says) and _is_there(row, notes.fan)]

    async def remove(self, kind: TraceKind) -> int:
        """How many are still there afterwards. Raises ReadNotSeen where nobody can tell.

        A list may be behind: what it does not show yet is removed by its id, and what it still shows is
        looked for once more.
        """
        left = await self._given_back() if kind is TraceKind.NICKNAME else await self._removed(kind)
        if not left:
            self.keeper.gone(kind)
        return left

    async def _removed(self, kind: TraceKind) -> int:
        way, ids = _WAYS[kind], self.keeper.notes.ids(kind)
        gone = {one for one in ids if one and await self._deleted(way, one)}
        rows = await self.marked(kind)
        if not rows and len(gone) == len(set(ids)):
            return 0
        for _ in range(_LOOKS):
            for one in map(_id, rows):
                if one not in gone and await self._deleted(way, one):
                    gone.add(one)
            await self.calls.sleep(_BEHIND)
            rows = await self.marked(kind)
            if not rows:
                return 0
        return len(rows)

    async def remove_all(self, tell: Callable[[str], None]) -> bool:
        """Whether nothing is left; says what is."""
        for kind in self.keeper.notes.traces:
            try:
                left = await self.remove(kind)
            except ReadNotSeen as why:
                tell(f"Could not look for {kind.value}: {why}. Looked for again at the next start.")
            else:
                said = f"Still at Fanvue: {kind.value}. Please look there, and remove it by hand."
                tell(said if left else f"Removed: {kind.value}.")
        return not self.keeper.notes.traces

    async def _deleted(self, way: _Way, one: str) -> bool:
        """Whether Fanvue says that it is gone. Raises ReadNotSeen where Fanvue does not say."""
        road = self.calls.road(way.delete)
        if road is None:
            raise ReadNotSeen(f"{way.delete} has no road there")
        parts = {"userUuid": self.keeper.notes.fan} if way.of_fan else {}
        answer = await self.calls.answer(road, parts={**parts, way.part: one})
        if answer.status >= _TROUBLE:
            raise ReadNotSeen(f"{way.delete} is answered with status {answer.status}")
        return went(answer) or answer.status in _NOT_THERE

    async def _given_back(self) -> int:
        """The nickname of before; none is an empty one."""
        notes, road = self.keeper.notes, self.calls.road("change_chat")
        if road is None:
            raise ReadNotSeen("change_chat has no road there")
        answer = await self.calls.answer(
            road, parts={"userUuid": notes.fan}, body={"nickname": notes.nickname}
        )
        if not went(answer):
            raise ReadNotSeen(f"the nickname was not taken back (status {answer.status})")
        return 0


def _id(row: Mapping[str, Any]) -> str:
    """The row's id. Raises ReadNotSeen."""
    told = id_in(row)
    if not told:
        raise ReadNotSeen("what it made has no id in the list")
    return told


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _is_there(row: Mapping[str, Any], fan: str) -> bool:
    """Not what the fan wrote, and not what was taken back already."""
    sender = row.get("sender")
    by_fan = bool(fan) and isinstance(sender, dict) and sender.get("uuid") == fan
    return not by_fan and row.get("status") not in _ENDED
