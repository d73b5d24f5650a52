"""Events for programs, their addresses, and the JSON of both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.access.policy import Action
from bot.access.roles import TeamStanding
from bot.features.operations.creator_context.request_rules import may_do
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope
from storage.records import CreatorId, Millis

VERSION: Final = 1
KIND: Final = "program.event"  # of the effect that tells one event to one address
PART: Final = "event"
NETWORK: Final = "program"
MOST: Final = 20  # addresses of one creator
LONGEST_URL: Final = 2_000
GIVEN_UP: Final[Millis] = 3 * 86_400_000  # after which an event that nobody takes is set aside


class ProgramEventType(StrEnum):
    """The types of events; the name of a type never changes its meaning."""

    ADDED = "webhook.added"  # the first event of each address, so that a person sees that it arrives
    MESSAGE_RECEIVED = "message.received"
    MESSAGE_SENT = "message.sent"
    PAYMENT_RECEIVED = "payment.received"
    PAYMENT_RETURNED = "payment.returned"
    SUBSCRIPTION_STARTED = "subscription.started"
    SUBSCRIPTION_RENEWED = "subscription.renewed"
    SUBSCRIPTION_CHANGED = "subscription.changed"  # its renewal was switched on or off
    SUBSCRIPTION_ENDED = "subscription.ended"
    FOLLOWER_ADDED = "follower.added"
    DRAFT_SETTLED = "draft.settled"


# The same table that decides what people may see; a program's own drafts need the scope that writes them.
NEEDS: Final[Mapping[ProgramEventType, Action]] = {
    ProgramEventType.MESSAGE_RECEIVED: Action.INBOX,
    ProgramEventType.MESSAGE_SENT: Action.INBOX,
    ProgramEventType.PAYMENT_RECEIVED: Action.EARNINGS,
    ProgramEventType.PAYMENT_RETURNED: Action.EARNINGS,
    ProgramEventType.SUBSCRIPTION_STARTED: Action.SUBSCRIBERS,
    ProgramEventType.SUBSCRIPTION_RENEWED: Action.SUBSCRIBERS,
    ProgramEventType.SUBSCRIPTION_CHANGED: Action.SUBSCRIBERS,
    ProgramEventType.SUBSCRIPTION_ENDED: Action.SUBSCRIBERS,
    ProgramEventType.FOLLOWER_ADDED: Action.INBOX,
}


@dataclass(frozen=True)
class ProgramWebhook:
    """An address and what goes there. Its URL and its secret are all that somebody needs who wants to lie.

    `inside`: the operator named it, so it may be in their own network.
    """

    id: str
    creator: CreatorId
    key: str
    url: str = field(repr=False)
    secret: str = field(repr=False)
    events: tuple[ProgramEventType, ...]
    inside: bool
    made_at: Millis
    ended_at: Millis | None = None
    reason: str | None = None


class WebhookBody(BaseModel):
    """A program's own address. `events`: all that its key may hear of, unless it chooses."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    url: Annotated[str, Field(min_length=1, max_length=LONGEST_URL)]
    events: Annotated[list[str] | None, Field(max_length=20)] = None


class WebhookTold(BaseModel):
    """An address as its program and the operator are told of it; `waiting` and `aside` count events."""

    model_config = ConfigDict(frozen=True)

    version: Literal[1] = VERSION
    id: str
    url: str
    events: list[str]
    made_at: datetime
    waiting: int
    waits_since: datetime | None
    why: str | None
    aside: int
    key: str
    secret: str | None = None


def heard(key: ApiKeyRecord, standing: TeamStanding) -> tuple[ProgramEventType, ...]:
    """The events that a program with this key may be told of."""
    seen = tuple(kind for kind, action in NEEDS.items() if may_do(standing, action))
    drafts = (ProgramEventType.DRAFT_SETTLED,) if key.scope.includes(ApiKeyScope.DRAFTS) else ()
    return seen + drafts


EventData = Mapping[str, Any]
