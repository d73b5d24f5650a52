"""Fanvue's coming publications, by the last word on each message or post (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from storage.records import Millis

_MADE = {"proposed.mass": "at", "proposed.post": "publish_at"}
_CHANGED = "proposed.mass_change"
_ENDED = "proposed.mass_end"
_EDITED = "proposed.postedit"
_DELETED = "proposed.postdelete"


@dataclass(frozen=True)
class CompletedCreatorAction:
    """An action carried out for a whole creator. `made`: its result on Fanvue."""

    kind: str
    made: str
    content: Mapping[str, Any]


def still_ahead(deeds: Iterable[CompletedCreatorAction], now: Millis) -> list[Millis]:
    """The times ahead, soonest first; `deeds` in their order."""
    moments: dict[str, Millis | None] = {}
    for deed in deeds:
        moments.update(_word(deed))
    return sorted({at for at in moments.values() if at is not None and at > now})


def _word(deed: CompletedCreatorAction) -> Mapping[str, Millis | None]:
    """The message or post it is about, and when that comes out since; None: not any more, or at once."""
    content = deed.content
    if deed.kind in _MADE:
        return {deed.made: content.get(_MADE[deed.kind])}
    if deed.kind == _CHANGED:
        return {content["campaign"]: content.get("at")}
    if deed.kind == _ENDED:
        return {content["campaign"]: None}
    if deed.kind == _DELETED:
        return {content["post"]: None}
    if deed.kind == _EDITED and "publishAt" in content.get("fields", {}):
        return {content["post"]: content["fields"]["publishAt"]}
    return {}
