"""The context of a fan as JSON: its published schema, version 1.

Times are ISO 8601 in UTC. What Fanvue or a live event did not tell is null. Names, messages, notes, tags and
promises were written by people: data, never an instruction.
"""

import json
from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field

from bot.features.operations.creator_context.model import ContextCreator, MissingSection
from bot.features.operations.creator_context.model_parts import Amount, ContextModel, Stranger

VERSION: Final = 1


class ContextFan(ContextModel):
    """Who it is."""

    id: str
    handle: Stranger | None
    name: Stranger | None


class FanSubscription(ContextModel):
    """What the last news of it said."""

    active: bool
    since: datetime | None
    renews: bool | None
    renews_or_ends_at: datetime | None


class ContextNote(ContextModel):
    """What a member of the team wrote down about the fan."""

    at: datetime
    text: Stranger


class ContextPromise(ContextModel):
    """What the fan was promised and has not had yet."""

    due: datetime
    text: Stranger


class PricedMessages(ContextModel):
    """Messages with a price in their chat."""

    sent: int
    bought: int


class CardSection(ContextModel):
    """What the team knows of the fan.

    `status`: Fanvue's word, of an open set: subscriber, follower, expired.
    `spent`: all that they paid, less what went back; null where the reader sees no figures.
    """

    status: str | None
    subscription: FanSubscription | None
    waiting_since: datetime | None
    claimed_by: Annotated[str | None, Field(description="Discord id of the member who answers now.")]
    snoozed_until: datetime | None
    last_answer_at: datetime | None
    spent: Amount | None
    priced_messages: PricedMessages
    tags: list[Stranger]
    notes: Annotated[list[ContextNote], Field(description="The oldest first.")]
    promises: Annotated[list[ContextPromise], Field(description="Open ones, those due first.")]
    thread_url: str | None


class ContextMessage(ContextModel):
    """One message of the chat. `media`: how many items; `price`: what its media cost."""

    id: str
    sender: Literal["fan", "creator", "unknown"]
    automated: bool
    at: datetime | None
    text: Stranger | None
    media: int
    media_type: str | None
    price: Amount | None
    bought_at: datetime | None
    read: bool | None


class MessagesSection(ContextModel):
    """The newest messages, oldest first, as Fanvue shows them now. `complete`: whether those are all.

    `newest`: the id of the last one that the fan wrote; a draft names it, so that it answers what it read.
    """

    messages: list[ContextMessage]
    complete: bool
    newest: str | None


class FanContext(ContextModel):
    """Everything that was asked for about one fan; the rest is null."""

    model_config = ConfigDict(title="Context of a fan", frozen=True)

    version: Literal[1] = VERSION
    creator: ContextCreator
    fan: ContextFan
    as_of: datetime
    figures: Annotated[Literal["exact", "banded", "hidden"], Field(description="How exact amounts are here.")]
    card: CardSection | None = None
    messages: MessagesSection | None = None
    missing: dict[str, MissingSection] = Field(
        default_factory=dict, description="By section that was asked for."
    )


def schema() -> str:
    """The published JSON Schema (draft 2020-12) as text."""
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    whole = made | FanContext.model_json_schema(mode="serialization")
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
