"""Keeps what events tell of subscriptions, for as long as figures are kept."""

from collections.abc import Mapping

from bot.engine.lasting_pseudonyms import forgotten_at
from bot.engine.pseudonyms import Pseudonyms
from bot.model.events import Event, Subscribed
from bot.text.referral import address_of
from storage.database import Transaction
from storage.money import subscription_changes
from storage.money.subscription_changes import BEGAN, ENDED, OFF, ON, RENEWED, SubscriptionEvent
from storage.records import Millis, Pseudonym

APART: Millis = 600_000  # a line of so soon after a fan was forgotten may be of before
_CHANGES: Mapping[str, str] = {"activated": BEGAN, "renewed": RENEWED, "deactivated": ENDED}


class SubscriptionRecorder:
    """Told of every fact that is decided; part of the caller's transaction."""

    def __init__(self, names: Pseudonyms) -> None:
        self._names = names

    async def happened(self, tx: Transaction, event: Event) -> None:
        """Keep it, if it is about a subscription."""
        if not isinstance(event, Subscribed):
            return
        change = _change(event)
        if change is None:
            return
        kept = SubscriptionEvent(
            fan=await self._fan(tx, event),
            change=change,
            at=event.at,
            due=due_of(change, event),
            reason=event.reason if change == ENDED else None,
            link=address_of(event.link),
        )
        await subscription_changes.add(tx, event.creator, kept)

    async def _fan(self, tx: Transaction, event: Subscribed) -> Pseudonym | None:
        forgotten = await forgotten_at(tx, self._names, event.creator, event.fan.id)
        if forgotten is not None and event.at <= forgotten + APART:
            return None
        return await self._names.of(tx, event.creator, event.fan.id)


def due_of(change: str, event: Subscribed) -> Millis | None:
    """The due date a renewal or an end answers: its own time, where Fanvue does not tell.

    A renewal: the start of the period now paid for, which is the end of the one before, but not later than
    the renewal itself. An end: the end of the time paid for. One that Fanvue ended before its time has a due
    date that never comes.
    """
    if change == RENEWED:
        return event.at if event.period_from is None else min(event.period_from, event.at)
    if change == ENDED:
        return event.expires_at if event.expires_at is not None else event.at
    return None


def _change(event: Subscribed) -> str | None:
    if event.change in _CHANGES:
        return _CHANGES[event.change]
    return None if event.renews is None else ON if event.renews else OFF
