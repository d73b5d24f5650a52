"""An owner's input for a post, checked against Fanvue's rules (pure)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from zoneinfo import ZoneInfo

from bot.features.publishing.proposals.model import GALLERY, Content, ProposalRefused
from bot.model.language import msgid, number_text, tr
from bot.text.moments import local_time
from bot.text.render import money
from bot.text.reply_rules import PRICE_FLOOR, TEXT_LIMIT
from bot.text.safe_text import one_line, safe
from bot.text.time_zones import zone_of
from bot.text.typed_times import NotATime, read_time, still_ahead
from storage.records import Cents, MediaId, Millis

NOTHING = msgid("Not published.")
TYPED_TIME = "when"  # of a content that nobody has looked at yet
AUDIENCES = {
    "subscribers": msgid("subscribers only"),
    "followers-and-subscribers": msgid("followers and subscribers"),
}
Collection = tuple[str, str]  # its id on Fanvue, and what it is called there
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)
_SHOWN = 60
_ENDS = msgid("A post can only expire after it is published. {nothing} Choose a later time.")
_PASSED = msgid("The chosen time has passed. {nothing} Run /post new again with a future time.")


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
            raise ProposalRefused(tr(_PASSED, nothing=tr(NOTHING)))
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
        "audience": tr(AUDIENCES[known.audience]),
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
    shown = next((name for name, said in AUDIENCES.items() if word == tr(said).casefold()), None)
    found = next((name for begins, name in _AUDIENCE_WORDS.items() if word.startswith(begins)), shown)
    if found is None:
        only, both = (tr(said) for said in AUDIENCES.values())
        raise ProposalRefused(
            tr("Who sees it is “{only}” or “{both}”. {nothing}", only=only, both=both, nothing=tr(NOTHING))
        )
    return found


def _typed_moment(at: Millis | None, zone: str) -> str:
    return "" if at is None else f"{local_time(at, zone_of(zone)):%Y-%m-%d %H:%M}"


def _audience(typed: str) -> str:
    if typed not in AUDIENCES:
        raise ProposalRefused(tr("Choose from the list who may see the post. {nothing}", nothing=tr(NOTHING)))
    return typed


def _text(typed: str | None) -> str | None:
    words = (typed or "").strip()
    if len(words) > TEXT_LIMIT:
        raise ProposalRefused(
            tr(
                "That is {length} characters, and Fanvue takes {most}. {nothing} Shorten it and "
                "run /post new again.",
                length=number_text(len(words)),
                most=number_text(TEXT_LIMIT),
                nothing=tr(NOTHING),
            )
        )
    return words or None


def media_id(typed: str, nothing: str = NOTHING) -> MediaId:
    """An id of the vault, which a suggestion puts into the option. Raises ProposalRefused.

    `nothing`: says that nothing happened.
    """
    if not _UUID.match(typed):
        raise ProposalRefused(
            tr(
                "“{typed}” isn't an item of the vault. {nothing} Choose one from the list as you "
                "type its name.",
                typed=safe(one_line(typed, _SHOWN)),
                nothing=tr(nothing),
            )
        )
    return MediaId(typed.lower())


def _moment(typed: str | None, now: Millis, zone: ZoneInfo) -> Millis | None:
    try:
        return read_time(typed, now, zone)
    except NotATime as refused:
        raise ProposalRefused(f"{refused} {tr(NOTHING)}") from refused


def _end(typed: str | None, now: Millis, zone: ZoneInfo) -> Millis | None:
    found = _moment(typed, now, zone)
    if typed and found is None:
        raise ProposalRefused(tr(_ENDS, nothing=tr(NOTHING)))
    return found


def _must_be_sellable(made: PlannedPost) -> None:
    if made.text is None and not made.media:
        raise ProposalRefused(
            tr(
                "A post needs a text or media. {nothing} Run /post new again with either.",
                nothing=tr(NOTHING),
            )
        )
    if made.price is not None and made.price < PRICE_FLOOR:
        raise ProposalRefused(
            tr(
                "{price} is below Fanvue's lowest price, {lowest}. {nothing}",
                price=money(made.price),
                lowest=money(PRICE_FLOOR),
                nothing=tr(NOTHING),
            )
        )
    if made.price is not None and not made.media:
        raise ProposalRefused(
            tr("A price needs media to buy: add some from the vault. {nothing}", nothing=tr(NOTHING))
        )
    if made.preview is not None and not made.media:
        raise ProposalRefused(tr("A preview needs media. {nothing}", nothing=tr(NOTHING)))


def _must_last(made: PlannedPost, now: Millis) -> None:
    begins = now if made.publish_at is None else made.publish_at
    if made.expires_at is not None and made.expires_at <= begins:
        raise ProposalRefused(tr(_ENDS, nothing=tr(NOTHING)))


# ── what the vault says of it ──


@dataclass(frozen=True)
class PostFile:
    """An item of the vault. `kind`: image, video, audio, document, or None where Fanvue does not say."""

    status: str | None
    kind: str | None
    name: str | None = None  # as the creator calls it


def kinds(made: PlannedPost, vault: Mapping[MediaId, PostFile], handle: str) -> dict[MediaId, str | None]:
    """The kind of every file of the post. Raises ProposalRefused with each one that cannot be published."""
    return kinds_of(made.files, vault, handle, nothing=tr(NOTHING), command="/post new")


def kinds_of(
    files: Sequence[MediaId], vault: Mapping[MediaId, PostFile], handle: str, *, nothing: str, command: str
) -> dict[MediaId, str | None]:
    """The kind of every one of these files. `again`: the remedy for one that is not there, or not yet."""
    missing = [item for item in files if item not in vault]
    if missing:
        raise ProposalRefused(
            tr(
                "Not in the vault of @{handle}: {items}. {nothing} Choose from the list and run "
                "{command} again.",
                handle=safe(handle),
                items=_placed(missing, files),
                nothing=nothing,
                command=command,
            )
        )
    broken = [item for item in files if vault[item].status == "error"]
    if broken:
        raise ProposalRefused(
            tr(
                "Fanvue couldn't process {items}. {nothing} Upload it again.",
                items=_placed(broken, files),
                nothing=nothing,
            )
        )
    # A status that is lacking, or new, is Fanvue's to judge.
    early = [item for item in files if vault[item].status in {"created", "processing"}]
    if early:
        raise ProposalRefused(
            tr(
                "Fanvue is still preparing {items}. {nothing} Run {command} again in a minute.",
                items=_placed(early, files),
                nothing=nothing,
                command=command,
            )
        )
    return {item: vault[item].kind for item in files}


def _placed(items: Sequence[MediaId], files: Sequence[MediaId]) -> str:
    """Which of the files these are, by their places: an id says nothing to a person."""
    if len(files) == 1:
        return tr("the item")
    numbers = [str(files.index(item) + 1) for item in dict.fromkeys(items)]
    return (
        tr("item {numbers}", numbers=numbers[0])
        if len(numbers) == 1
        else tr("items {numbers}", numbers=", ".join(numbers))
    )
