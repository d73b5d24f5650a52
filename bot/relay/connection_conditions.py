"""Problems of a creator's connection, told by the rules of alerts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.engine.channel_languages import in_channels
from bot.engine.member_languages import to_member
from bot.engine.outbox import EffectRequest, Effects, pack_post
from bot.engine.streams import lone_alerts_stream
from bot.model.ports import Post
from storage.database import Transaction
from storage.inbox import forums
from storage.operations import alert_rules
from storage.operations.alert_rules import NOBODY
from storage.records import CreatorId, DiscordId, Millis

_FIGURES = ("banded", "hidden")  # of whoever sees no exact figures: there are none in this


class ConnectionCondition(StrEnum):
    """A kind of problem; rules name it so."""

    SIGN_IN = "sign-in"
    LIVE_EVENTS = "live-events"


@dataclass(frozen=True)
class ConditionFinding:
    """One thing to tell; `cause` and `part` together are unique."""

    creator: CreatorId
    about: ConnectionCondition
    cause: str
    part: str
    make: Callable[[], Post]
    at: Millis


async def tell_condition(tx: Transaction, effects: Effects, found: ConditionFinding) -> None:
    """For the creator's channel, and for each member who has a rule about it.

    Whether they still want it, may read it, and where, is looked up when it is carried out.
    """
    forum = await forums.of_creator(tx, found.creator)
    rules = await alert_rules.about(tx, forum.guild, found.creator, found.about) if forum is not None else ()
    members = {rule.member for rule in rules if rule.member != NOBODY and rule.wanted}
    for member in sorted({NOBODY, *members}):
        reads = to_member(tx, member, found.creator)
        if member == NOBODY:
            reads = in_channels(tx, found.creator)
        async with reads:
            wanted = _wanted(found, member)
        await effects.add(tx, wanted)


def _wanted(found: ConditionFinding, member: DiscordId) -> EffectRequest:
    return EffectRequest(
        network="discord",
        kind="alert" if member == NOBODY else "alert.private",
        stream=lone_alerts_stream(found.creator, member, found.about.value),
        creator=found.creator,
        cause=found.cause,
        part=found.part if member == NOBODY else f"{found.part}:{member}",
        body=_body(found, member),
        since=found.at,
    )


def _body(found: ConditionFinding, member: DiscordId) -> Mapping[str, Any]:
    told = {
        "kind": found.about.value,
        "at": found.at,
        "cents": None,
        "currency": None,
        "vip": False,
        "member": None if member == NOBODY else member,
    }
    packed = pack_post(found.make())
    return {"post": packed, "posts": dict.fromkeys(_FIGURES, packed), "told": told}
