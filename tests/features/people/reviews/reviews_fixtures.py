"""Replies of which a test states only what it is about."""

from dataclasses import replace
from typing import Any

from bot.access.roles import MoneyView
from bot.features.people.reviews.choice_rules import ReviewRow
from storage.people.sent_replies import SentReply
from storage.records import CreatorId, DiscordId, EffectId, FanId, FanvueMessageId

LUNA, NOVA = CreatorId("luna"), CreatorId("nova")
MARA, THEO = DiscordId(30), DiscordId(31)
NOW, MINUTE = 1_800_000_000_000, 60_000


def row(at: int, money: MoneyView = MoneyView.EXACT, **other: Any) -> ReviewRow:
    """A reply of Mara's to Nora, so many milliseconds after the beginning."""
    reply = SentReply(
        creator=LUNA,
        fan=FanId("abcd-fan"),
        message=FanvueMessageId(f"message-{at:05d}"),
        effect=EffectId(f"effect-{at}"),
        at=NOW + at,
        member=MARA,
        member_name="Mara",
        price=None,
        bought=False,
        taken_back=False,
        fan_name="Nora",
        fan_handle="nora",
        place=None,
        waited=None,
    )
    return ReviewRow(replace(reply, **other), money)
