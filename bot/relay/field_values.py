"""Values to fill in: of a fan, of a creator, of the day."""

from collections.abc import Mapping
from datetime import datetime

from bot.model.language import tr
from bot.text.reply_rules import ReplyRefused
from bot.text.template_variables import BadTemplateText, fill_typed, has_fields, value_of
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Transaction
from storage.inbox import fans
from storage.money import digests
from storage.people import creators
from storage.records import CreatorId, FanThread, Millis

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


async def fan_values(tx: Transaction, thread: FanThread, *, now: Millis) -> Mapping[str, str | None]:
    """The values for a text to one fan: of them, the creator and the day; None: nobody knows."""
    fan = await fans.get(tx, thread.creator, thread.fan)
    return {
        "fan_name": value_of(fan.display_name or fan.handle) if fan else None,
        "handle": value_of(fan.handle) if fan else None,
        **await shared_values(tx, thread.creator, now=now),
    }


async def filled_for(tx: Transaction, thread: FanThread, typed: str | None, *, now: Millis) -> str | None:
    """A member's text as this fan will read it. Raises ReplyRefused."""
    if not typed or not has_fields(typed):
        return typed
    try:
        return fill_typed(typed, await fan_values(tx, thread, now=now))
    except BadTemplateText as bad:
        raise ReplyRefused(f"{bad} {tr('Not sent.')}") from bad


async def shared_values(tx: Transaction, whose: CreatorId, *, now: Millis) -> Mapping[str, str | None]:
    """The values for a text that many fans get; likewise."""
    creator = await creators.get(tx, whose)
    zone = await digests.zone(tx, whose) or DEFAULT_ZONE
    return {
        "creator": value_of(creator.display_name or creator.handle) if creator else None,
        **days_of(now, zone),
    }


def days_of(now: Millis, zone: str) -> Mapping[str, str]:
    """Month and day of the week at that time in a zone, in English on every machine."""
    there = datetime.fromtimestamp(now / 1000, tz=zone_of(zone))
    return {"month": _MONTHS[there.month - 1], "weekday": _DAYS[there.weekday()]}
