"""Events → news for the team: one line each in the alerts channel."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from bot.engine.outbox import EffectRequest, Effects, wanted_alert
from bot.model.events import Person
from bot.model.news import News
from bot.model.ports import Post
from bot.relay import impostors, payment_dedup
from storage.database import Transaction
from storage.inbox import fans
from storage.records import Cents, CreatorId, DiscordId, Stream

PART = "alert"
SHOWN_ANEW = "alert.anew"  # the kind of the effect that edits a message of alerts to those that stand there

# An event, a reference, and what its fan is called → the alert, if it is one.
Announce = Callable[[News, str, str | None], Post | None]


class AlertRouter(Protocol):
    """Decides who is told of an event."""

    async def tell(self, tx: Transaction, event: News, cause: str) -> None:
        """Add what is to be told; `cause` is the fact it came from. Telling twice tells once."""


class ChannelAlertRouter:
    """Tells the creator's alerts channel, and nobody else."""

    def __init__(self, *, effects: Effects, announce: Announce) -> None:
        self._effects = effects
        self._announce = announce

    async def tell(self, tx: Transaction, event: News, cause: str) -> None:
        """One line, where the event is an alert at all."""
        cause = payment_dedup.one_payment(event) or cause
        who = await name_of(tx, event)
        post = self._announce(event, self._effects.ids.effect(cause, PART), who)
        if post is None:
            return
        person, warning = person_of(event), await warning_of(tx, event)
        await self._effects.add(
            tx,
            wanted_alert(
                event.creator,
                cause=cause,
                part=PART,
                post=warned(post, warning),
                fan=person.id if person is not None else None,
                since=getattr(event, "at", None),
            ),
        )


def person_of(event: News) -> Person | None:
    """The person an event is about, where it names one."""
    person = getattr(event, "fan", None)
    return person if isinstance(person, Person) else None


async def name_of(tx: Transaction, event: News) -> str | None:
    """How the person is named, with digits of the id only where another fan is named alike; None: unknown."""
    person = person_of(event)
    fan = await fans.get(tx, event.creator, person.id) if person is not None else None
    return await impostors.label_of(tx, fan) if fan is not None else None


async def warning_of(tx: Transaction, event: News) -> str | None:
    """The warning to read before trusting the name in it."""
    person = person_of(event)
    fan = await fans.get(tx, event.creator, person.id) if person is not None else None
    return await impostors.warning(tx, fan) if fan is not None else None


def warned(post: Post, warning: str | None) -> Post:
    """The same alert, with the warning below what it says."""
    return post if warning is None else replace(post, body=(*post.body, warning))


def shown_anew(creator: CreatorId, told: Stream, place: str, *, cause: str, stream: Stream) -> EffectRequest:
    """A message of alerts of the stream `told` shows what stands in it, and only that.

    `stream`: of its asker's, for it holds no alert up.
    """
    return EffectRequest(
        network="discord",
        kind=SHOWN_ANEW,
        stream=stream,
        creator=creator,
        cause=cause,
        part=SHOWN_ANEW,
        body={"stream": told, "place": place},
    )


@dataclass(frozen=True)
class AlertChoice:
    """Typed settings for alerts of one kind; None: not typed."""

    kind: str
    state: str | None = None  # on, off, usual
    channel: DiscordId | None = None
    cents: Cents | None = None
    mention: tuple[str, DiscordId] | None = None  # member or role, and which
    quiet_from: str | None = None
    quiet_to: str | None = None
    zone: str | None = None
    vips: bool | None = None
