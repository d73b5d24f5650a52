"""The fans' phones: each fan's view of the creator's page, and fans' actions."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.records import MediaId, MessageId, MessageRecord
from bot.sandbox.stage import DemoStage

Json = dict[str, Any]
Deed = Callable[[StandInFan, Json], Awaitable[object]]
LONGEST, SMALLEST, LARGEST = 5000, 100, 100_000  # characters of a message; cents of a tip
SHOWN = 80  # messages of a chat


class NotOnThisPhone(Exception):
    """A fan's app would not let them do this; the sentence says why."""


async def _write(fan: StandInFan, body: Json) -> None:
    text = str(body.get("text", "")).strip()
    if not text and not body.get("photo"):
        raise NotOnThisPhone("There is nothing to send.")
    if len(text) > LONGEST:
        raise NotOnThisPhone(f"A message holds {LONGEST:,} characters.")
    await fan.write(text or None, media=1 if body.get("photo") else 0)


async def _tip(fan: StandInFan, body: Json) -> None:
    cents = body["cents"]
    if not isinstance(cents, int) or not SMALLEST <= cents <= LARGEST:
        raise NotOnThisPhone(f"A tip is between ${SMALLEST / 100:.2f} and ${LARGEST / 100:,.2f}.")
    await fan.tip(cents)


DEEDS: dict[str, Deed] = {
    "write": _write,
    "tip": _tip,
    "read": lambda fan, _: fan.read(),
    "buy": lambda fan, body: fan.buy(MessageId(str(body["message"]))),
    "subscribe": lambda fan, _: fan.subscribe(),
    "renew": lambda fan, _: fan.renew(),
    "cancel": lambda fan, _: fan.cancel(),
    "follow": lambda fan, _: fan.follow(),
}


def fans(stage: DemoStage) -> list[Json]:
    """Every fan, with what their phone's lock screen would show."""
    return [_fan(fan) for fan in stage.fans.values()]


def phone(fan: StandInFan, creator: str) -> Json:
    """One fan's chat with the creator, oldest message first."""
    return {
        **_fan(fan),
        "creator": creator,
        "following": fan.bond.followed_at is not None,
        "messages": [_message(message) for message in fan.chat()[-SHOWN:]],
    }


def vault(stage: DemoStage) -> list[Json]:
    """The creator's media, as Fanvue's own site lists them; the team sends them by id."""
    media = stage.fanvue.world.media
    return [{"id": item, "name": media[MediaId(item)].name} for item in stage.media]


def _fan(fan: StandInFan) -> Json:
    running = fan.bond.subscription if fan.bond.subscribed else None
    return {
        "id": fan.uuid,
        "handle": fan.handle,
        "name": fan.display_name,
        "subscribed": running is not None,
        "ends": running is not None and running.cancel_at_period_end,
        "unread": sum(1 for message in fan.inbox() if not message.read),
    }


def _message(message: MessageRecord) -> Json:
    return {
        "id": message.uuid,
        "mine": message.from_fan,
        "text": message.text,
        "at": message.sent_at.isoformat(),
        "media": len(message.media),
        "price": message.price,
        "tip": message.type == "TIP",
        "bought": message.purchased_at is not None,
        "read": message.read,
        "automated": message.automated,
    }
