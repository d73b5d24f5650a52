"""A member's input about a post → a change of it, or why not (pure)."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from bot.fanvue.figures import PostRow
from bot.features.publishing.post_management.change_rules import (
    EDIT,
    REPOST,
    PostChange,
    facts,
    is_out,
    is_so,
)
from bot.features.publishing.posts.plan_rules import media_id
from bot.features.publishing.proposals.model import GALLERY, ProposalRefused
from bot.model.language import msgid, number_text, tr
from bot.text.render import money
from bot.text.reply_rules import PRICE_FLOOR, TEXT_LIMIT
from bot.text.typed_times import NotATime, read_time, still_ahead
from bot.text.typed_words import TypedWord, says, says_here
from storage.records import Millis

TYPED = "typed"  # in a content that nobody has looked at yet
# An option of the command → Fanvue's name of what it changes.
_FIELDS = {
    "text": "text",
    "media": "mediaUuids",
    "preview": "mediaPreviewUuid",
    "collections": "collectionUuids",
    "price": "price",
    "audience": "audience",
    "when": "publishAt",
    "expires": "expiresAt",
}
AUDIENCES = {
    "subscribers": msgid("subscribers only"),
    "followers-and-subscribers": msgid("followers and subscribers"),
}
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)
NOTHING = msgid("No changes made.")
NO_POST = msgid("Choose the post from the list as you type. {nothing}")
AS_IT_IS = msgid("The post is already like that. {nothing}")
NOT_OUT = msgid("Only a published post can be reposted. {nothing}")
_EMPTY = msgid(
    "Say what to change: `text:`, `media:`, `audience:`, `price:`, `preview:`, `collections:`, `when:` or "
    "`expires:`. {nothing}"
)
_PRICED = msgid("A post with a price needs media to buy. {nothing} With price:free it can go without.")
_FOR_NOTHING = msgid("A free preview needs media. {nothing} Remove it with preview:none.")
_BARE = msgid("A post needs a text or media. {nothing} Keep one of the two, or delete it: /post delete.")
_OUT = msgid("This post is already published, so its time can't change. {nothing}")
_EXPIRES = msgid("A post can only expire in the future, and after it is published. {nothing}")


def post_of(content: Mapping[str, Any]) -> str:
    """The post that was chosen. Raises ProposalRefused: Discord does not force a choice."""
    chosen = str(content["post"]).strip()
    if not _UUID.match(chosen):
        raise ProposalRefused(tr(NO_POST, nothing=tr(NOTHING)))
    return chosen.lower()


def change_of(content: Mapping[str, Any], row: PostRow, now: Millis, zone: ZoneInfo) -> PostChange:
    """The change that was typed, or made exact before, of the post as it is now. Raises ProposalRefused."""
    verb = content["verb"]
    if verb == REPOST and not is_out(row, now):
        raise ProposalRefused(tr(NOT_OUT, nothing=tr(NOTHING)))
    known = content.get("fields")
    fields = dict(known) if known is not None else _fields(content, now, zone) if verb == EDIT else {}
    if verb == EDIT:
        _must_be_possible(fields, row, now)
        if known is None:
            fields = {name: value for name, value in fields.items() if not is_so(row, name, value, now)}
    return PostChange(
        verb=verb,
        post=row.uuid,
        before=facts(verb, row, now),
        zone=zone.key,
        since=content.get("since", now),
        fields=fields,
        labels=content.get("labels", {}),
    )


def _fields(content: Mapping[str, Any], now: Millis, zone: ZoneInfo) -> dict[str, Any]:
    readers: Mapping[str, Callable[[Any], Any]] = {
        "text": _text,
        "media": _media,
        "preview": _preview,
        # looked up by their names before (`bot.features.publishing.post_management.stock`)
        "collections": list,
        "price": _price,
        "audience": _audience,
        "when": lambda words: _moment(words, now, zone),
        "expires": lambda words: _end(words, now, zone),
    }
    fields = {_FIELDS[name]: readers[name](value) for name, value in content[TYPED].items()}
    if not fields and not content.get(GALLERY):
        raise ProposalRefused(tr(_EMPTY, nothing=tr(NOTHING)))
    return fields


def _text(typed: str) -> str | None:
    words = must_say(typed)
    if says_here(words, TypedWord.NONE):
        return None
    if len(words) > TEXT_LIMIT:
        raise ProposalRefused(
            tr(
                "That is {length} characters, and Fanvue takes {most}. {nothing}",
                length=number_text(len(words)),
                most=number_text(TEXT_LIMIT),
                nothing=tr(NOTHING),
            )
        )
    return words


def _media(typed: Sequence[str]) -> list[str]:
    """In the order in which they were typed; none of them where that was typed."""
    words = must_say(" ".join(typed))
    return [] if is_none(words) else [media_id(item, NOTHING) for item in typed]


def _preview(typed: str) -> str | None:
    words = must_say(typed)
    return None if is_none(words) else media_id(words, NOTHING)


def must_say(typed: str) -> str:
    """The words without what surrounds them; of nothing but spaces it is not known what they mean."""
    words = typed.strip()
    if not words:
        raise ProposalRefused(tr(_EMPTY, nothing=tr(NOTHING)))
    return words


def is_none(words: str) -> bool:
    """Whether it is to be taken away."""
    return says(words, TypedWord.NONE)


def _price(cents: int | None) -> int | None:
    if cents is not None and cents < PRICE_FLOOR:
        raise ProposalRefused(
            tr(
                "{price} is below Fanvue's lowest price, {lowest}. {nothing}",
                price=money(cents),
                lowest=money(PRICE_FLOOR),
                nothing=tr(NOTHING),
            )
        )
    return cents


def _audience(typed: str) -> str:
    if typed not in AUDIENCES:
        raise ProposalRefused(tr("Choose from the list who may see the post. {nothing}", nothing=tr(NOTHING)))
    return typed


def _moment(typed: str, now: Millis, zone: ZoneInfo) -> Millis | None:
    try:
        return read_time(typed, now, zone)
    except NotATime as refused:
        raise ProposalRefused(f"{refused} {tr(NOTHING)}") from refused


def _end(typed: str, now: Millis, zone: ZoneInfo) -> Millis | None:
    if says(typed, TypedWord.NEVER):
        return None
    found = _moment(typed, now, zone)
    if found is None:
        raise ProposalRefused(tr(_EXPIRES, nothing=tr(NOTHING)))
    return found


def _must_be_possible(fields: Mapping[str, Any], row: PostRow, now: Millis) -> None:
    if "publishAt" in fields and is_out(row, now):
        raise ProposalRefused(tr(_OUT, nothing=tr(NOTHING)))
    if not still_ahead(fields.get("publishAt"), now):
        raise ProposalRefused(tr("The chosen time has passed. {nothing}", nothing=tr(NOTHING)))
    _must_hang_together(fields, row)
    ends, begins = fields.get("expiresAt"), fields.get("publishAt", row.publish_at)
    if ends is not None and (ends <= now or (begins is not None and ends <= begins)):
        raise ProposalRefused(tr(_EXPIRES, nothing=tr(NOTHING)))


def _must_hang_together(fields: Mapping[str, Any], row: PostRow) -> None:
    """Check what Fanvue refuses of a post as a whole; facts that it does not tell are no obstacle."""
    if fields.get("mediaUuids", row.media_uuids) != []:
        return
    if fields.get("price") is not None and "mediaUuids" not in fields:
        raise ProposalRefused(
            tr("A price needs media to buy, and this post has none. {nothing}", nothing=tr(NOTHING))
        )
    if fields.get("price", row.price or None) is not None:
        raise ProposalRefused(tr(_PRICED, nothing=tr(NOTHING)))
    if fields.get("mediaPreviewUuid", row.media_preview_uuid) is not None:
        raise ProposalRefused(tr(_FOR_NOTHING, nothing=tr(NOTHING)))
    if not fields.get("text", row.text):
        raise ProposalRefused(tr(_BARE, nothing=tr(NOTHING)))
