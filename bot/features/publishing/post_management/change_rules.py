"""A change of a post, and how the post stands to it (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from bot.fanvue.figures import PostRow
from bot.relay.send_match import SKEW, same_words
from storage.records import Millis

EDIT, DELETE, PIN, UNPIN, REPOST = "edit", "delete", "pin", "unpin", "repost"
VERBS = (EDIT, DELETE, PIN, UNPIN, REPOST)
_ROUNDING: Millis = 60_000  # Fanvue may keep a time by the minute
_WHOLE = ("text", "price", "audience", "publishAt", "expiresAt", "media", "preview", "collections", "out")
_SEEN: Mapping[str, tuple[str, ...]] = {
    EDIT: _WHOLE,
    DELETE: _WHOLE,
    PIN: (),
    UNPIN: (),
    REPOST: (),
}

Facts = Mapping[str, Any]


class PostChangeState(Enum):
    """The state of a post towards a confirmed change."""

    OPEN = "open"  # as it was when it was looked at: the change is still to be made
    MADE = "made"  # as it would be afterwards
    MOVED = "moved"  # somebody changed it meanwhile
    GONE = "gone"


@dataclass(frozen=True)
class PostChange:
    """The exact change of a post. `before`: the facts that its confirmation rests on."""

    verb: str
    post: str
    before: Facts
    zone: str
    since: Millis  # when it was looked at first
    fields: Facts  # of an edit: Fanvue's names, and what each becomes; moments are ours
    labels: Facts = field(default_factory=dict)  # what the collections that it names are called

    def packed(self) -> dict[str, Any]:
        """The same as JSON; a new text stands where readers of texts look for one."""
        packed: dict[str, Any] = {
            "verb": self.verb,
            "post": self.post,
            "before": dict(self.before),
            "zone": self.zone,
            "since": self.since,
            "fields": dict(self.fields),
            "labels": dict(self.labels),
        }
        return packed | ({"text": self.fields["text"]} if "text" in self.fields else {})


def unpacked(content: Mapping[str, Any]) -> PostChange:
    """Undo `PostChange.packed`."""
    return PostChange(**{name: value for name, value in content.items() if name != "text"})


def facts(verb: str, row: PostRow, now: Millis) -> dict[str, Any]:
    """The facts of a post that must still hold for an action of this kind."""
    known = {
        "text": row.text,
        "price": row.price or None,
        "audience": row.audience,
        "publishAt": row.publish_at,
        "expiresAt": row.expires_at,
        "media": list(row.media_uuids or ()),  # in their order: fans see the first one first
        "preview": row.media_preview_uuid,
        "collections": sorted(one.uuid for one in row.collections or ()),
        "out": is_out(row, now),
    }
    return {name: known[name] for name in _SEEN[verb]}


def is_out(row: PostRow, now: Millis) -> bool:
    """Whether it was published, by Fanvue's clock; a draft and a scheduled post are not."""
    return row.published_at is not None and row.published_at <= now + SKEW


def standing(change: PostChange, row: PostRow | None, now: Millis) -> PostChangeState:
    """The state of a post (None: Fanvue has none) towards a change. A repost shows on no post."""
    if row is None:
        return PostChangeState.GONE
    if _is_made(change, row, now):
        return PostChangeState.MADE
    same = facts(change.verb, row, now) == dict(change.before)
    return PostChangeState.OPEN if same else PostChangeState.MOVED


def _is_made(change: PostChange, row: PostRow, now: Millis) -> bool:
    if change.verb in (PIN, UNPIN):
        return row.is_pinned is (change.verb == PIN)
    if change.verb != EDIT:
        return False
    return all(is_so(row, name, wanted, now) for name, wanted in change.fields.items())


def is_so(row: PostRow, name: str, wanted: Any, now: Millis) -> bool:
    """Whether one field of a post is as it is wanted; `publishAt` None: it is out."""
    match name:
        case "text":
            return same_words(row.text, wanted)
        case "price":
            return bool((row.price or None) == wanted)
        case "audience":
            return row.audience == str(wanted)
        case "publishAt" if wanted is None:
            return is_out(row, now)
        case "publishAt":
            return not is_out(row, now) and _same_moment(row.publish_at, wanted)
        case "mediaUuids":
            return row.media_uuids is not None and list(row.media_uuids) == list(wanted)
        case "mediaPreviewUuid":
            return bool(row.media_preview_uuid == wanted)
        case "collectionUuids":  # a list that Fanvue does not tell is never the wanted one
            return row.collections is not None and {one.uuid for one in row.collections} == set(wanted)
        case _:
            return _same_moment(row.expires_at, wanted)


def _same_moment(one: Millis | None, other: Millis | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _ROUNDING
