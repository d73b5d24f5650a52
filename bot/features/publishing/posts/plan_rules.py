"""An owner's input for a post, checked against Fanvue's rules (pure)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from zoneinfo import ZoneInfo

from bot.features.publishing.proposals.model import GALLERY, Content, ProposalRefused
from bot.text.moments import local_time
from bot.text.render import money
from bot.text.reply_rules import PRICE_FLOOR, TEXT_LIMIT
from bot.text.safe_text import one_line, safe
from bot.text.time_zones import zone_of
from bot.text.typed_times import NotATime, read_time, still_ahead
from storage.records import Cents, MediaId, Millis

NOTHING = "Not published."
TYPED_TIME = "when"  # of a content that nobody has looked at yet
AUDIENCES = {
    "subscribers": "subscribers only",
    "followers-and-subscribers": "followers and subscribers",
}
Collection = tuple[str, str]  # its id on Fanvue, and what it is called there
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)
_SHOWN = 60
_ENDS = f"A post can only expire after it is published. {NOTHING} Choose a later time."
_PASSED = f"The chosen time has passed. {NOTHING} Run /post new again with a future time."


@dataclass(frozen=True)
class PlannedPost:
    """Exactly what is published, at once where there is no `publish_at`. `zone`: of its time in words."""

    audience: str
    zone: str
    text: str | None = None
    media: tuple[MediaId, ...] = ()
    price: Cents | None = None
    preview: MediaId | None = None
    publish_at: Millis | None = None
    expires_at: Millis | None = None
    collections: tuple[Collection, ...] = ()

    @property
    def files(self) -> tuple[MediaId, ...]:
        """Everything that must be in the vault, each once."""
        return tuple(dict.fromkeys((*self.media, *((self.preview,) if self.preview else ()))))

    def packed(self) -> Content:
        """The same as JSON; `unpacked` reads it back."""
        shelves = [list(one) for one in self.collections]
        return {**asdict(self), "media": list(self.media), "collections": shelves}


def unpacked(content: Content) -> PlannedPost:
    """Undo `PlannedPost.packed`."""
    shelves = tuple((str(uuid), str(name)) for uuid, name in content.get("collections", ()))
    return PlannedPost(**{**content, "media": tuple(content["media"]), "collections": shelves})


def planned(content: Content, now: Millis, zone: ZoneInfo) -> PlannedPost:
    """The typed content as published; nothing is cut, rounded or guessed. Raises ProposalRefused.

    An exact `content` is asked again: its time can have passed, and media can have been chosen since.
    """
    if TYPED_TIME not in content:
        known = unpacked(content)
        if not still_ahead(known.publish_at, now):
            raise ProposalRefused(_PASSED)
        _must_be_sellable(known)
        _must_last(known, now)
        return known
    made = PlannedPost(
        audience=_audience(content["audience"]),
        zone=zone.key,
        text=_text(content["text"]),
        media=tuple(media_id(item) for item in content["media"]),
        price=content["price"],
        preview=media_id(content["preview"].strip()) if content["preview"] else None,
        publish_at=_moment(content[TYPED_TIME], now, zone),
        expires_at=_end(content.get("expires"), now, zone),
    )
    if not content.get(GALLERY):
        _must_be_sellable(made)
    _must_last(made, now)
    return made


# ── what a window changes of it ──

WINDOW = 4000  # characters of text that a field of a window holds
_AUDIENCE_WORDS = {"subscribers": "subscribers", "followers": "followers-and-subscribers"}  # how one begins


def as_typed(known: PlannedPost) -> dict[str, str]:
    """The content of the window that changes it; a text that is too long for one is left out."""
    text, price = known.text or "", known.price
    return {
        "text": text if len(text) <= WINDOW else "",
        "price": "" if price is None else f"{price // 100}.{price % 100:02d}",
        "audience": AUDIENCES[known.audience],
        "when": _typed_moment(known.publish_at, known.zone),
        "expires": _typed_moment(known.expires_at, known.zone),
    }


def retyped(known: PlannedPost, fields: Mapping[str, str], price: Cents | None, now: Millis) -> PlannedPost:
    """The post as the window has it; fields not in a window stay. Raises ProposalRefused.

    A time that was left as it stood is the same moment, to the second.
    """
    shown, zone = as_typed(known), zone_of(known.zone)
    text = fields.get("text", "")
    kept = not text.strip() and len(known.text or "") > WINDOW
    when, expires = fields.get("when", "").strip(), fields.get("expires", "").strip()
    made = replace(
        known,
        text=known.text if kept else _text(text),
        price=price,
        audience=_audience_typed(fields.get("audience", "")),
        publish_at=known.publish_at if when == shown["when"] else _moment(when, now, zone),
        expires_at=known.expires_at if expires == shown["expires"] else _end(expires, now, zone),
    )
    _must_be_sellable(made)
    _must_last(made, now)
    return made


def _audience_typed(typed: str) -> str:
    word = typed.strip().casefold()
    found = next((name for begins, name in _AUDIENCE_WORDS.items() if word.startswith(begins)), None)
    if found is None:
        raise ProposalRefused(f"Who sees it is “{'” or “'.join(AUDIENCES.values())}”. {NOTHING}")
    return found


def _typed_moment(at: Millis | None, zone: str) -> str:
    return "" if at is None else f"{local_time(at, zone_of(zone)):%Y-%m-%d %H:%M}"


def _audience(typed: str) -> str:
    if typed not in AUDIENCES:
        raise ProposalRefused(f"Choose from the list who may see the post. {NOTHING}")
    return typed


def _text(typed: str | None) -> str | None:
    words = (typed or "").strip()
    if len(words) > TEXT_LIMIT:
        raise ProposalRefused(
            f"That is {len(words):,} characters, and Fanvue takes {TEXT_LIMIT:,}. {NOTHING} "
            "Shorten it and run /post new again."
        )
    return words or None


def media_id(typed: str, nothing: str = NOTHING) -> MediaId:
    """An id of the vault, which a suggestion puts into the option. Raises ProposalRefused.

    `nothing`: says that nothing happened.
    """
    if not _UUID.match(typed):
        raise ProposalRefused(
            f"“{safe(one_line(typed, _SHOWN))}” isn't an item of the vault. {nothing} Choose "
            "one from the list as you type its name."
        )
    return MediaId(typed.lower())


def _moment(typed: str | None, now: Millis, zone: ZoneInfo) -> Millis | None:
    try:
        return read_time(typed, now, zone)
    except NotATime as refused:
        raise ProposalRefused(f"{refused} {NOTHING}") from refused


def _end(typed: str | None, now: Millis, zone: ZoneInfo) -> Millis | None:
    found = _moment(typed, now, zone)
    if typed and found is None:
        raise ProposalRefused(_ENDS)
    return found


def _must_be_sellable(made: PlannedPost) -> None:
    if made.text is None and not made.media:
        raise ProposalRefused(f"A post needs a text or media. {NOTHING} Run /post new again with either.")
    if made.price is not None and made.price < PRICE_FLOOR:
        raise ProposalRefused(
            f"{money(made.price)} is below Fanvue's lowest price, {money(PRICE_FLOOR)}. {NOTHING}"
        )
    if made.price is not None and not made.media:
        raise ProposalRefused(f"A price needs media to buy: add some from the vault. {NOTHING}")
    if made.preview is not None and not made.media:
        raise ProposalRefused(f"A preview needs media. {NOTHING}")


def _must_last(made: PlannedPost, now: Millis) -> None:
    begins = now if made.publish_at is None else made.publish_at
    if made.expires_at is not None and made.expires_at <= begins:
        raise ProposalRefused(_ENDS)


# ── what the vault says of it ──


@dataclass(frozen=True)
class PostFile:
    """An item of the vault. `kind`: image, video, audio, document, or None where Fanvue does not say."""

    status: str | None
    kind: str | None
    name: str | None = None  # as the creator calls it


def kinds(made: PlannedPost, vault: Mapping[MediaId, PostFile], handle: str) -> dict[MediaId, str | None]:
    """The kind of every file of the post. Raises ProposalRefused with each one that cannot be published."""
    return kinds_of(made.files, vault, handle, nothing=NOTHING, again="run /post new again")


def kinds_of(
    files: Sequence[MediaId], vault: Mapping[MediaId, PostFile], handle: str, *, nothing: str, again: str
) -> dict[MediaId, str | None]:
    """The kind of every one of these files. `again`: the remedy for one that is not there, or not yet."""
    missing = [item for item in files if item not in vault]
    if missing:
        raise ProposalRefused(
            f"Not in the vault of @{safe(handle)}: {_placed(missing, files)}. {nothing} Choose from the list "
            f"and {again}."
        )
    broken = [item for item in files if vault[item].status == "error"]
    if broken:
        raise ProposalRefused(f"Fanvue couldn't process {_placed(broken, files)}. {nothing} Upload it again.")
    # A status that is lacking, or new, is Fanvue's to judge.
    early = [item for item in files if vault[item].status in {"created", "processing"}]
    if early:
        raise ProposalRefused(
            f"Fanvue is still preparing {_placed(early, files)}. {nothing} "
            f"{again[0].upper()}{again[1:]} in a minute."
        )
    return {item: vault[item].kind for item in files}


def _placed(items: Sequence[MediaId], files: Sequence[MediaId]) -> str:
    """Which of the files these are, by their places: an id says nothing to a person."""
    if len(files) == 1:
        return "the item"
    numbers = [str(files.index(item) + 1) for item in dict.fromkeys(items)]
    return f"item {numbers[0]}" if len(numbers) == 1 else f"items {', '.join(numbers)}"
