"""Live events of the stand-in come, and what they say of subscriptions is kept."""

from collections.abc import Awaitable

from bot.fanvue.payloads import understand
from bot.model.events import Subscribed, Understood
from bot.relay import payment_dedup
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.state import WebhookEvent
from bot.sandbox.fanvue.webhooks import body_of
from storage.database import Transaction
from storage.inbox import watermarks
from tests.features.money.periods.periods_scenario import PeriodsScenario

DAY = 86_400_000


async def listens(bureau: PeriodsScenario) -> None:
    """From now on."""
    creator, now = bureau.evening.creator, bureau.clock.at

    async def work(tx: Transaction) -> None:
        await watermarks.begin(tx, creator, now=now)
        for kind in ("renewed", "deactivated", "renewal_changed"):
            await watermarks.heard(tx, creator, f"subscription.{kind}", at=now)

    await bureau.database.write(work)


async def happens(bureau: PeriodsScenario, deed: Awaitable[object]) -> None:
    """Somebody does something, and the events of it come."""
    heard: list[WebhookEvent] = []
    listeners = bureau.evening.server.world.listeners
    listeners.append(heard.append)
    try:
        await deed
    finally:
        listeners.remove(heard.append)
    for event in heard:
        await comes(bureau, body_of(event))


async def comes(bureau: PeriodsScenario, raw: bytes) -> None:
    """A body comes and is decided, as `bot.relay.inbox_processor` does it."""
    meaning = understand(raw)
    if not isinstance(meaning, Understood):
        return
    event, names, now = meaning.event, bureau.effects.trail.pseudonyms, bureau.clock.at

    async def work(tx: Transaction) -> None:
        if isinstance(event, Subscribed):
            await payment_dedup.changed(tx, names, event, now=now)
        await bureau.audience.hearing.happened(tx, event)

    await bureau.database.write(work)


def fans(bureau: PeriodsScenario, *names: str) -> list[StandInFan]:
    """People who do not subscribe yet."""
    world = bureau.evening.server.world
    return [world.add_fan(name, name.title(), bureau.evening.account, subscribed=False) for name in names]
