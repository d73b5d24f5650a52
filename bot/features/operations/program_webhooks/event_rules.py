"""Which event a fact is for programs, and what of it a key may read (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.access.policy import Action
from bot.access.roles import MoneyView, TeamStanding
from bot.features.inbox.program_drafts.model import ProgramDraftEnd
from bot.features.operations.creator_context.amounts import amount_or_none
from bot.features.operations.creator_context.model_parts import moment
from bot.features.operations.creator_context.request_rules import may_do
from bot.features.operations.program_webhooks.model import ProgramEventType, ProgramWebhook
from bot.model.events import (
    NO_SENDER,
    TO_MANY,
    WARNING,
    CreatorWrote,
    Event,
    FanWrote,
    Followed,
    MoneyBack,
    Paid,
    Person,
    Subscribed,
)
from bot.text.safe_text import plain
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope
from storage.records import CreatorId, FanId, Millis

_AUTOMATED: Final = "AUTOMATED"
_CURRENCY: Final = "USD"
_SUBSCRIBED: Final[Mapping[str, ProgramEventType]] = {
    "activated": ProgramEventType.SUBSCRIPTION_STARTED,
    "renewed": ProgramEventType.SUBSCRIPTION_RENEWED,
    "deactivated": ProgramEventType.SUBSCRIPTION_ENDED,
    "renewal_changed": ProgramEventType.SUBSCRIPTION_CHANGED,
}
Told = Mapping[str, Any]


@dataclass(frozen=True)
class ProgramEvent:
    """Something to tell. `subject`: the same whenever the same thing is learned of again."""

    type: ProgramEventType
    creator: CreatorId
    fan: FanId | None
    at: Millis
    subject: str
    fact: Event | ProgramDraftEnd | None = None


def event_of(fact: Event) -> ProgramEvent | None:
    """The event of a fact; None where programs are told of none."""
    match fact:
        case FanWrote():
            return _event(ProgramEventType.MESSAGE_RECEIVED, fact, fact.fan, fact.message)
        case CreatorWrote() if fact.unclear == NO_SENDER:
            return _event(ProgramEventType.MESSAGE_RECEIVED, fact, fact.fan, fact.message)
        case CreatorWrote() if (fact.kind or "").upper() not in TO_MANY:
            return _event(ProgramEventType.MESSAGE_SENT, fact, fact.fan, fact.message)
        case Paid():
            named = fact.payment or f"{fact.source}:{_id(fact.fan)}:{fact.at}:{fact.gross}"
            return _event(ProgramEventType.PAYMENT_RECEIVED, fact, fact.fan, named)
        case MoneyBack() if fact.what != WARNING:  # nothing has gone back yet
            named = fact.payment or f"{_id(fact.fan)}:{fact.at}:{fact.amount}"
            return _event(ProgramEventType.PAYMENT_RETURNED, fact, fact.fan, f"{fact.what}:{named}")
        case Subscribed() if fact.change in _SUBSCRIBED:
            return _event(_SUBSCRIBED[fact.change], fact, fact.fan, f"{fact.fan.id}:{fact.at}")
        case Followed():
            return _event(ProgramEventType.FOLLOWER_ADDED, fact, fact.fan, f"{fact.fan.id}:{fact.at}")
    return None


def draft_event(ended: ProgramDraftEnd) -> ProgramEvent:
    """The event of a draft that waits no longer."""
    return ProgramEvent(
        ProgramEventType.DRAFT_SETTLED, ended.creator, ended.fan, ended.at, ended.draft, fact=ended
    )


def added_event(webhook: ProgramWebhook, at: Millis, subject: str) -> ProgramEvent:
    """The first event of an address, so that a person sees that it arrives."""
    return ProgramEvent(ProgramEventType.ADDED, webhook.creator, None, at, subject)


def contents(event: ProgramEvent, key: ApiKeyRecord, standing: TeamStanding) -> Told:
    """What a program with this key is told beside who it is about."""
    match event.fact:
        case FanWrote() | CreatorWrote():
            # Texts are chats: a key for lists and figures hears only that somebody wrote.
            reads = key.scope.includes(ApiKeyScope.CHATS) and may_do(standing, Action.SHOW_HIDDEN)
            return _message(event.fact, reads=reads)
        case Paid():
            return _payment(event.fact, standing.money)
        case MoneyBack():
            return {
                "what": event.fact.what,
                "payment": event.fact.payment,
                "amount": _amount(event.fact.amount, event.fact.currency, standing.money),
            }
        case Subscribed():
            return {
                "renews": event.fact.renews,
                "expires_at": _moment(event.fact.expires_at),
                "since": _moment(event.fact.since),
            }
        case ProgramDraftEnd():
            by = None if event.fact.by is None else str(event.fact.by)
            ended = event.fact
            return {"draft": ended.draft, "kind": ended.kind.value, "state": ended.how.value, "by": by}
    return {}


def _message(fact: FanWrote | CreatorWrote, *, reads: bool) -> Told:
    unclear = isinstance(fact, CreatorWrote) and fact.unclear == NO_SENDER
    sender = "unknown" if unclear else "creator" if isinstance(fact, CreatorWrote) else "fan"
    return {
        "message": {
            "id": fact.message,
            "sender": sender,
            "type": fact.kind,  # Fanvue's word, of an open set: a tip leaves a message, too
            "automated": (fact.kind or "").startswith(_AUTOMATED),
            "text": plain(fact.text) if reads and fact.text else None,
            # Fanvue may tell of a message without its text: then it is in the chat, and not here.
            "complete": reads and fact.complete,
            "media": fact.media,
            "price": _amount(fact.price or None, _CURRENCY, MoneyView.EXACT),
        }
    }


def _payment(fact: Paid, level: MoneyView) -> Told:
    return {
        "kind": fact.source,
        "payment": fact.payment,
        "amount": _amount(fact.gross, fact.currency, level),
        "message": fact.message,
        "post": fact.post,
    }


def _amount(cents: int | None, currency: str | None, level: MoneyView) -> Told | None:
    found = amount_or_none(cents, currency, level)
    return None if found is None else found.model_dump(mode="json", exclude_none=True)


def _moment(at: Millis | None) -> str | None:
    return None if at is None else written(at)


def written(at: Millis) -> str:
    """A moment as JSON has it: ISO 8601 in UTC."""
    return moment(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _event(
    kind: ProgramEventType,
    fact: FanWrote | CreatorWrote | Paid | MoneyBack | Subscribed | Followed,
    fan: Person | None,
    subject: str,
) -> ProgramEvent:
    return ProgramEvent(kind, fact.creator, None if fan is None else fan.id, fact.at, subject, fact)


def _id(fan: Person | None) -> str:
    return "" if fan is None else fan.id
