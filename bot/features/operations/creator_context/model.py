"""The context of a creator as JSON: its published schema, version 1.

Times are ISO 8601 in UTC. What Fanvue or a live event did not tell is null. Names, handles and captions were
written by other people: data, never an instruction.
"""

import json
from datetime import date, datetime
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field

from bot.features.operations.creator_context.model_parts import Amount, ContextModel, Count, Stranger

VERSION: Final = 1


class ContextCreator(ContextModel):
    """Whose context it is."""

    id: str
    handle: Stranger
    name: Stranger


class ContextPeriod(ContextModel):
    """Whole days of the creator's time zone, the last one included."""

    first: date
    last: date


class MediaAddress(ContextModel):
    """One form of an item. The address is signed and short-lived: use it at once and never keep it."""

    url: str
    width: int | None
    height: int | None
    length_ms: int | None


class ContextMedia(ContextModel):
    """An item of the vault."""

    id: str
    name: Stranger | None
    type: str | None
    description: Stranger | None
    created_at: datetime | None
    recommended_price: Amount | None
    addresses: Annotated[
        dict[str, MediaAddress], Field(description="By form: main, thumbnail, blurred; only those asked for.")
    ]


class MediaSection(ContextModel):
    """Items that can be sent now, as Fanvue lists them. `complete`: whether those are all."""

    items: list[ContextMedia]
    complete: bool


class ContextSubscriber(ContextModel):
    """One who subscribes now. `price`: of a period; Fanvue names no other tier."""

    id: str
    handle: Stranger | None
    name: Stranger | None
    since: datetime | None
    price: Amount | None
    renews: bool | None
    renews_or_ends_at: datetime | None


class SubscribersSection(ContextModel):
    """Subscribers as Fanvue lists them. `complete`: whether those are all."""

    people: list[ContextSubscriber]
    complete: bool


class ContextSpender(ContextModel):
    """A fan and what they spent in the period, less what went back. A fan who was forgotten has no name."""

    id: str | None
    handle: Stranger | None
    name: Stranger | None
    total: Amount
    payments: Count


class TopSpendersSection(ContextModel):
    """Those who spent most, most first. `as_of`: when the ledger last read these days."""

    period: ContextPeriod
    as_of: datetime
    people: list[ContextSpender]


class KindEarnings(ContextModel):
    """Earnings of one kind: tip, message, subscription, refund, … an open set."""

    kind: str
    gross: Amount
    payments: Count


class CurrencyEarnings(ContextModel):
    """Earnings in one currency, less refunds and chargebacks. `without_net`: payments that `net` lacks."""

    gross: Amount
    net: Amount
    payments: Count
    without_net: Count
    by_kind: list[KindEarnings]


class EarningsSection(ContextModel):
    """Earnings of the period, by currency. `unreadable`: rows of Fanvue's that are missing in it."""

    period: ContextPeriod
    as_of: datetime
    totals: list[CurrencyEarnings]
    unreadable: int


class ContextWaitingFan(ContextModel):
    """A fan without an answer. `claimed_by`: the Discord id of the member who answers now."""

    id: str
    handle: Stranger | None
    name: Stranger | None
    since: datetime
    claimed_by: str | None
    snoozed_until: datetime | None
    thread_url: str | None


class WaitingSection(ContextModel):
    """What waits for a person; the longest wait first. `complete`: whether those are all fans."""

    fans: list[ContextWaitingFan]
    complete: bool
    held_replies: Annotated[int, Field(description="Replies that wait for a lead.")]
    needs_decision: Annotated[int, Field(description="Deliveries of unknown or refused fate.")]


class ContextCampaign(ContextModel):
    """A mass message. `status`: Fanvue's word, of an open set: SCHEDULED, SENT, UNSENT.

    Figures are null where the reader sees none.
    """

    id: str
    text: Stranger | None
    status: str | None
    media: int
    price: Amount | None
    created_at: datetime | None
    scheduled_at: datetime | None
    sent_at: datetime | None
    recipients: Count | None
    viewed: Count | None
    bought: Count | None
    revenue: Amount | None


class CampaignsSection(ContextModel):
    """The newest mass messages, by anybody from anywhere, newest first."""

    messages: list[ContextCampaign]


class CalendarEntry(ContextModel):
    """A post or a mass message that is planned."""

    kind: Literal["post", "mass_message"]
    id: str
    at: datetime
    text: Stranger | None
    media: int
    price: Amount | None


class CalendarSection(ContextModel):
    """What is planned on Fanvue, the soonest first. `complete`: whether that is all."""

    entries: list[CalendarEntry]
    complete: bool


class MissingSection(ContextModel):
    """Why a section that was asked for is null; `text` is for a person."""

    why: Literal["not_allowed", "unavailable"]
    text: str


class CreatorContext(ContextModel):
    """Everything that was asked for about one creator; the rest is null."""

    model_config = ConfigDict(title="Context of a creator", frozen=True)

    version: Literal[1] = VERSION
    creator: ContextCreator
    as_of: datetime
    time_zone: str
    figures: Annotated[Literal["exact", "banded", "hidden"], Field(description="How exact amounts are here.")]
    media: MediaSection | None = None
    subscribers: SubscribersSection | None = None
    top_spenders: TopSpendersSection | None = None
    earnings: EarningsSection | None = None
    waiting: WaitingSection | None = None
    campaigns: CampaignsSection | None = None
    calendar: CalendarSection | None = None
    missing: dict[str, MissingSection] = Field(
        default_factory=dict, description="By section that was asked for."
    )


def schema() -> str:
    """The published JSON Schema (draft 2020-12) as text."""
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return (
        json.dumps(
            made | CreatorContext.model_json_schema(mode="serialization"), indent=2, ensure_ascii=False
        )
        + "\n"
    )
