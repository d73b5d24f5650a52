"""What Fanvue's answers hold; missing, null and unknown fields are all fine.

A field that is there in an unreadable form counts as missing, an `essential` one makes the row
unreadable. Sets of words (types, states, sources) are open: plain strings.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from bot.fanvue.errors import Unclear
from bot.fanvue.values import cents_of, clean, millis_of
from storage.records import Cents, CreatorId, FanId, FanvueMessageId, MediaId, Millis

At = Annotated[Millis | None, BeforeValidator(millis_of)]
Money = Annotated[Cents | None, BeforeValidator(cents_of)]
Text = Annotated[str, AfterValidator(clean)]


class Row(BaseModel):
    """The tolerant form of everything below."""

    model_config = ConfigDict(extra="ignore", frozen=True, alias_generator=to_camel, populate_by_name=True)
    essential: ClassVar[frozenset[str]] = frozenset()


R = TypeVar("R", bound=Row)


_MOST_PASSES = 4


class Unreadable(ValueError):
    """Raised for one row; its message names the field, never a value."""


def read(model: type[R], value: Any) -> R:
    """One row, as much of it as can be read. Raises Unreadable."""
    if not isinstance(value, dict):
        raise Unreadable("not an object")
    absent = sorted(name for name in model.essential if value.get(name) in (None, ""))
    if absent:
        raise Unreadable(f"no {', '.join(absent)}")
    rest = value
    for _ in range(_MOST_PASSES):
        try:
            return model.model_validate(rest)
        except ValidationError as error:
            problems = [(problem["type"], problem["loc"]) for problem in error.errors(include_input=False)]
        rest = deepcopy(rest)
        for kind, place in problems:
            _drop(rest, place[:-1] if kind == "missing" else place, model.essential)
    raise Unreadable("too much of it is not readable")


def _drop(row: dict[str, Any], place: Sequence[int | str], essential: frozenset[str]) -> None:
    """Take the unreadable part out, as little as possible around it."""
    head = place[0] if place else None
    if head is None or (head in essential and len(place) == 1):
        raise Unreadable(f"no readable {head or 'object'}")
    inner: Any = row
    for step in place[:-1]:
        inner = _inside(inner, step)
    last = place[-1]
    if isinstance(inner, dict) and last in inner:
        del inner[last]
    elif isinstance(inner, list) and isinstance(last, int) and last < len(inner) and inner[last] is not None:
        inner[last] = None
    elif head in essential:
        raise Unreadable(f"no readable {head}")
    else:
        row.pop(str(head), None)


def _inside(value: Any, step: int | str) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None


def answer(model: type[R], value: Any) -> R:
    """One whole answer. Raises Unclear: with it missing, nobody knows what was done."""
    try:
        return read(model, value)
    except Unreadable as error:
        raise Unclear(f"Fanvue's answer was not readable: {error}") from error


class User(Row):
    """A person on Fanvue as lists name them."""

    essential = frozenset({"uuid"})
    uuid: FanId
    handle: Text | None = None
    display_name: Text | None = None
    nickname: Text | None = None
    is_top_spender: bool | None = None
    registered_at: At = None


class Me(Row):
    """Who the token belongs to. The e-mail address is left at the door."""

    essential = frozenset({"uuid"})
    uuid: CreatorId
    handle: Text = ""
    display_name: Text = ""
    is_creator: bool | None = None


class FanCounts(Row):
    followers: int | None = None
    subscribers: int | None = None


class Balance(Row):
    total: Money = None
    available_balance: Money = None


class AccountState(Row):
    status: str | None = None
    earnings: Balance | None = None
    fans: FanCounts | None = None


class Account(Me):
    """The account with its balance and audience."""

    account: AccountState | None = None


class Creator(User):
    """A creator that this identity manages."""

    role: str | None = None


class DollarPrice(Row):
    price: Money = None


class Pricing(Row):
    """Pay-to-view price; whole cents under the only currency that Fanvue has."""

    usd: DollarPrice | None = Field(default=None, alias="USD")


class Ref(Row):
    """Somebody or something of which only the id matters."""

    uuid: str | None = None


class Message(Row):
    """One message of a chat."""

    essential = frozenset({"uuid"})
    uuid: FanvueMessageId
    text: Text | None = None
    sent_at: At = None
    sender: Ref | None = None
    recipient: Ref | None = None
    has_media: bool | None = None
    media_uuids: list[MediaId] | None = None
    type: str | None = None
    pricing: Pricing | None = None
    purchased_at: At = None
    sent_by_user_id: str | None = None
    is_read: bool | None = None

    @property
    def price(self) -> Cents | None:
        """What the fan pays to see it."""
        return self.pricing.usd.price if self.pricing and self.pricing.usd else None


class LastMessage(Row):
    uuid: FanvueMessageId | None = None
    text: Text | None = None
    type: str | None = None
    sent_at: At = None
    sender_uuid: str | None = None


class Chat(Row):
    """One chat; it is addressed by `user.uuid`."""

    essential = frozenset({"user"})
    user: User
    created_at: At = None
    last_message_at: At = None
    is_read: bool | None = None
    is_muted: bool | None = None
    unread_messages_count: int | None = None
    last_message: LastMessage | None = None
    online: bool | None = None
    last_seen_at: At = None


class MessageSent(Row):
    """Accepted, not delivered."""

    essential = frozenset({"messageUuid"})
    message_uuid: FanvueMessageId


class ChatBatch(Row):
    """One chat of a batch read; `error` instead of messages when Fanvue refused this one."""

    messages: list[Any] | None = None
    has_more: bool | None = None
    oldest_message_uuid: str | None = None
    error: str | None = None


class OnlineStatus(Row):
    is_online: bool | None = None
    last_seen_at: At = None


class SmartList(Row):
    """A list that Fanvue fills; its id is a fixed word."""

    essential = frozenset({"uuid"})
    uuid: str
    name: Text | None = None
    count: int | None = None


class CustomList(Row):
    """A list that the creator fills."""

    essential = frozenset({"uuid"})
    uuid: str
    name: Text | None = None
    members_count: int | None = None
    created_at: At = None


class MassSent(Row):
    """Fanvue accepted a mass message for so many recipients."""

    essential = frozenset({"id"})
    id: str
    recipient_count: int | None = None
    created_at: At = None


class MassMessage(Row):
    """A mass message with its counters."""

    essential = frozenset({"uuid"})
    uuid: str
    text: Text | None = None
    status: str | None = None
    price: Money = None
    created_at: At = None
    published_at: At = None
    scheduled_at: At = None
    recipient_count: int | None = None
    view_count: int | None = None
    purchase_count: int | None = None
    total_revenue: Money = None
    media_uuids: list[MediaId] | None = None
