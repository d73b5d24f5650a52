"""Finds what a live check made at Fanvue by its mark, and removes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.features.operations.live_check.calls import LiveCalls, ReadNotSeen, went
from bot.features.operations.live_check.notes import NoteKeeper, TraceKind

_MOST: Final = 50  # rows of a list that are looked through; what the check made is among the newest
_ENDED: Final = frozenset({"UNSENT"})


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
        """How many are still there afterwards. Raises ReadNotSeen where nobody can tell."""
        if kind is TraceKind.NICKNAME:
            await self._give_back()
            left = 0
        else:
            for row in await self.marked(kind):
                await self._delete(_WAYS[kind], row)
            left = len(await self.marked(kind))
        if not left:
            self.keeper.gone(kind)
        return left

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

    async def _delete(self, way: _Way, row: Mapping[str, Any]) -> None:
        road = self.calls.road(way.delete)
        if road is None:
            raise ReadNotSeen(f"{way.delete} has no road there")
        parts = {"userUuid": self.keeper.notes.fan} if way.of_fan else {}
        await self.calls.answer(road, parts={**parts, way.part: _id(row)})

    async def _give_back(self) -> None:
        """The nickname of before; none is an empty one."""
        notes, road = self.keeper.notes, self.calls.road("change_chat")
        if road is None:
            raise ReadNotSeen("change_chat has no road there")
        answer = await self.calls.answer(
            road, parts={"userUuid": notes.fan}, body={"nickname": notes.nickname}
        )
        if not went(answer):
            raise ReadNotSeen(f"the nickname was not taken back (status {answer.status})")


def _id(row: Mapping[str, Any]) -> str:
    """The row's id under either of its names. Raises ReadNotSeen."""
    for name in ("uuid", "id"):
        if isinstance(row.get(name), str):
            return str(row[name])
    raise ReadNotSeen("what it made has no id in the list")


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _is_there(row: Mapping[str, Any], fan: str) -> bool:
    """Not what the fan wrote, and not what was taken back already."""
    sender = row.get("sender")
    by_fan = bool(fan) and isinstance(sender, dict) and sender.get("uuid") == fan
    return not by_fan and row.get("status") not in _ENDED
