"""Each fact about a post before and after a change, in words (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.fanvue.figures import PostRow
from bot.features.publishing.post_management.change_rules import PostChange
from bot.features.publishing.post_management.input_rules import AUDIENCES
from bot.features.publishing.posts.texts import one_of
from bot.model.language import msgid, tr
from bot.text.moments import for_you, spelled
from bot.text.render import money
from bot.text.safe_text import one_line, safe
from bot.text.time_zones import zone_of
from storage.records import Millis

_MOST = 10  # of a side that are named; a Discord message holds 4,000 characters in all
_LABEL = 40
_NAMES = {
    "text": msgid("Text"),
    "price": msgid("Price"),
    "audience": msgid("Who sees it"),
    "publishAt": msgid("When"),
    "expiresAt": msgid("Expires"),
    "media": msgid("Media"),
    "mediaUuids": msgid("Media"),
    "preview": msgid("Free preview"),
    "mediaPreviewUuid": msgid("Free preview"),
    "collections": msgid("Collections"),
    "collectionUuids": msgid("Collections"),
    "out": msgid("Published"),
}
_ONLY_NAMED = frozenset({"text", "media", "preview", "collections"})

FileWords = Mapping[str, str]  # as `PostStock.named` has them


def meanwhile(before: Mapping[str, Any], after: Mapping[str, Any], now: Millis, zone: str) -> tuple[str, ...]:
    """The differences on Fanvue since it was shown."""
    moved = [name for name in after if name in before and before[name] != after[name]]
    if not moved:
        return ()
    told = [
        tr(_NAMES[name])
        if name in _ONLY_NAMED
        else f"{tr(_NAMES[name])} "
        f"{_said(name, before[name], now, zone)} → {_said(name, after[name], now, zone)}"
        for name in moved
    ]
    return (tr("⚠️ **Just changed on Fanvue:** {told}.", told="; ".join(told)),)


def becomes(change: PostChange, row: PostRow, name: str, now: Millis, files: FileWords) -> str:
    """One field: as it is → as it will be. `files`: as far as they are known."""
    before, after = _both(change, row, name, now, files)
    line = f"**{tr(_NAMES[name])}:** {before} → **{after}**"
    wanted = change.fields[name]
    return f"{line}, {for_you(wanted)}" if name in {"publishAt", "expiresAt"} and wanted else line


def _both(change: PostChange, row: PostRow, name: str, now: Millis, files: FileWords) -> tuple[str, str]:
    wanted = change.fields[name]
    match name:
        case "mediaUuids":
            return _files(row.media_uuids, files), _others(
                _files(row.media_uuids, files), _files(wanted, files)
            )
        case "mediaPreviewUuid":
            there = row.media_preview_uuid
            seen = _files([there] if there else (), files)
            return seen, _others(seen, _files([wanted] if wanted else (), files))
        case "collectionUuids":
            before = [one.label or tr("(no name)") for one in row.collections or ()]
            return _shelves(before), _shelves(change.labels[uuid] for uuid in wanted)
    known = {
        "price": row.price or None,
        "audience": row.audience,
        "publishAt": row.publish_at,
        "expiresAt": row.expires_at,
    }
    after = (
        tr("right away") if name == "publishAt" and wanted is None else _said(name, wanted, now, change.zone)
    )
    return _said(name, known[name], now, change.zone), after


def _files(media: Sequence[str] | None, files: FileWords) -> str:
    """Each in words, in their order."""
    return tr("not known") if media is None else _listed([files.get(one, one_of(None)) for one in media])


def _others(before: str, after: str) -> str:
    """What comes after; files of the same kind without a name read alike, and are others."""
    return after if before != after else tr("{after} (not the same as before)", after=after)


def _shelves(labels: Iterable[str]) -> str:
    return _listed([safe(one_line(label, _LABEL)) for label in labels])


def _listed(words: Sequence[str]) -> str:
    more = [tr("{count} more", count=len(words) - _MOST)] if len(words) > _MOST else []
    return ", ".join([*words[:_MOST], *more]) or tr("none")


def _said(name: str, value: Any, now: Millis, zone: str) -> str:
    match name:
        case "price":
            return money(value) if value else tr("free")
        case "audience":
            return tr(AUDIENCES.get(value or "", tr("not known")))
        case "publishAt":
            return spelled(value, now, zone_of(zone)) if value else tr("no time")
        case "expiresAt":
            return spelled(value, now, zone_of(zone)) if value else tr("never")
        case _:
            return tr("yes") if value else tr("no")
