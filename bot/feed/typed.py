"""What a member typed about a post → a change of it, or why not (pure)."""

import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from bot.fanvue.figures import PostRow
from bot.feed.change import EDIT, REPOST, Change, facts, is_out, is_so
from bot.proposals.features import ProposalRefused
from bot.relay.compose import PRICE_FLOOR, TEXT_LIMIT
from bot.relay.render import money
from bot.relay.when import NotATime, read_time, still_ahead
from storage.records import Millis

TYPED = "typed"  # in a content that nobody has looked at yet
NEVER = "never"
AUDIENCES = {
    "subscribers": "subscribers only",
    "followers-and-subscribers": "followers and subscribers",
}
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)
NOTHING = "Nothing was changed."
NO_POST = f"Choose the post from the list that comes up while you type. {NOTHING}"
AS_IT_IS = f"The post is like that already. {NOTHING}"
NOT_OUT = f"Only a published post can be reposted. {NOTHING}"
_EMPTY = f"Say what is to change: text, audience, price, when or expires. {NOTHING}"
_OUT = f"This post is published already, so its time cannot change. {NOTHING}"
_EXPIRES = f"A post can only expire in the future, and after it is published. {NOTHING}"


def post_of(content: Mapping[str, Any]) -> str:
    """The post that was chosen. Raises ProposalRefused: Discord does not force a choice."""
    chosen = str(content["post"]).strip()
    if not _UUID.match(chosen):
        raise ProposalRefused(NO_POST)
    return chosen.lower()


def change_of(content: Mapping[str, Any], row: PostRow, now: Millis, zone: ZoneInfo) -> Change:
    """The change that was typed, or made exact before, of the post as it is now. Raises ProposalRefused."""
    verb = content["verb"]
    if verb == REPOST and not is_out(row, now):
        raise ProposalRefused(NOT_OUT)
    known = content.get("fields")
    fields = dict(known) if known is not None else _fields(content[TYPED], now, zone) if verb == EDIT else {}
    if verb == EDIT:
        _must_be_possible(fields, row, now)
        if known is None:
            fields = {name: value for name, value in fields.items() if not is_so(row, name, value, now)}
    return Change(
        verb=verb,
        post=row.uuid,
        before=facts(verb, row, now),
        zone=zone.key,
        since=content.get("since", now),
        fields=fields,
    )


def _fields(typed: Mapping[str, Any], now: Millis, zone: ZoneInfo) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in typed.items():
        match name:
            case "text":
                fields["text"] = _text(value)
            case "price":
                fields["price"] = _price(value)
            case "audience":
                fields["audience"] = _audience(value)
            case "when":
                fields["publishAt"] = _moment(value, now, zone)
            case "expires":
                fields["expiresAt"] = None if value.strip().casefold() == NEVER else _end(value, now, zone)
    if not fields:
        raise ProposalRefused(_EMPTY)
    return fields


def _text(typed: str) -> str:
    words = typed.strip()
    if not words:
        raise ProposalRefused(_EMPTY)
    if len(words) > TEXT_LIMIT:
        raise ProposalRefused(
            f"That is {len(words):,} characters, and Fanvue takes {TEXT_LIMIT:,}. {NOTHING}"
        )
    return words


def _price(cents: int | None) -> int | None:
    if cents is not None and cents < PRICE_FLOOR:
        raise ProposalRefused(
            f"{money(cents)} is below Fanvue's lowest price, {money(PRICE_FLOOR)}. {NOTHING}"
        )
    return cents


def _audience(typed: str) -> str:
    if typed not in AUDIENCES:
        raise ProposalRefused(f"Choose from the list who may see the post. {NOTHING}")
    return typed


def _moment(typed: str, now: Millis, zone: ZoneInfo) -> Millis | None:
    try:
        return read_time(typed, now, zone)
    except NotATime as refused:
        raise ProposalRefused(f"{refused} {NOTHING}") from refused


def _end(typed: str, now: Millis, zone: ZoneInfo) -> Millis:
    found = _moment(typed, now, zone)
    if found is None:
        raise ProposalRefused(_EXPIRES)
    return found


def _must_be_possible(fields: Mapping[str, Any], row: PostRow, now: Millis) -> None:
    if "publishAt" in fields and is_out(row, now):
        raise ProposalRefused(_OUT)
    if not still_ahead(fields.get("publishAt"), now):
        raise ProposalRefused(f"The time that was chosen has passed. {NOTHING}")
    if fields.get("price") is not None and row.media_uuids == []:
        raise ProposalRefused(f"A price needs something to buy, and this post has no media. {NOTHING}")
    ends, begins = fields.get("expiresAt"), fields.get("publishAt", row.publish_at)
    if ends is not None and (ends <= now or (begins is not None and ends <= begins)):
        raise ProposalRefused(_EXPIRES)
