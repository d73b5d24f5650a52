"""Events on the Fanvue side, in our words.

Made by `bot.fanvue.payloads` from a webhook body, or by a sweep from a chat. Times are UTC
milliseconds, money is whole US cents. A field that the outside did not send is None: never erase a
known value because an event lacks it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.records import Cents, CreatorId, DiscordId, FanId, FanvueMessageId, Millis

# Types of messages that went to many at once: they are told once, not in every fan's thread.
TO_MANY = frozenset({"BROADCAST", "GHOST_PROMOTION"})
WARNING = "warning"  # a bank says that a payment is likely to be disputed
PRESENCE = "creator.fan.presence_changed"  # Fanvue's name for it, and ours
# How a message of the creator's side is none of the creator's answers, as far as anybody knows.
NO_SENDER, NO_TYPE, NO_TEXT = "sender", "type", "text"
ORDINARY = "SINGLE_RECIPIENT"
_ANSWERS = frozenset({ORDINARY, "TIP"}) | TO_MANY  # types that are known to be somebody's words
_FAMILIES = ("AUTOMATED", "CHAT_TEXT_")
TIP = "TIP"  # Fanvue's type of the message that a tip leaves in the chat
UNTOLD = "UNTOLD"  # our word for a fan's message of which Fanvue does not tell the text
GIFT = "GIFT"  # our word: Fanvue calls it an ordinary message, and there is nothing in it


def is_known_type(kind: str | None) -> bool:
    """Whether somebody knows what a message of this type is; where none is named it is an ordinary one."""
    word = (kind or ORDINARY).upper()
    return word in _ANSWERS or word.startswith(_FAMILIES)


@dataclass(frozen=True)
class Person:
    """A fan as an event names them; everything but the id may be missing."""

    id: FanId
    handle: str | None = None
    display_name: str | None = None


@dataclass(frozen=True)
class FanWrote:
    """A fan's message. `text` None with `complete` False: the event came without it and it must be read."""

    creator: CreatorId
    fan: Person
    message: FanvueMessageId
    at: Millis
    text: str | None
    complete: bool = True
    media: int = 0
    price: Cents | None = None
    kind: str | None = None  # Fanvue's message type, an open set
    whole: bool = False  # read from the chat itself: media and price are told too
    late: bool = False  # so long after it was sent that the line must say so
    missed: bool = False  # so much longer that it may be among what nobody could hear
    media_type: str | None = None  # image, video, audio, document: of the first one at least


@dataclass(frozen=True)
class CreatorWrote:
    """A message from the creator's side: our own send coming back, another app, or an automation.

    `unclear`: NO_SENDER: nobody can tell who wrote it, so the fan may have; NO_TYPE: it is of a type that
    nobody knows, and NO_TEXT: nobody knows what it says, so it answers nobody.
    """

    creator: CreatorId
    fan: Person
    message: FanvueMessageId
    at: Millis
    text: str | None
    complete: bool = True
    media: int = 0
    price: Cents | None = None
    automated: bool = False
    kind: str | None = None
    late: bool = False
    missed: bool = False
    unclear: str = ""
    media_type: str | None = None
    wordless: bool = False  # as in `bot.model.ports.ChatMessage`


@dataclass(frozen=True)
class MessageDeleted:
    """A message was unsent, by either side."""

    creator: CreatorId
    fan: Person | None
    message: FanvueMessageId
    at: Millis
    by_fan: bool = False  # whether it was the fan's message
    sent_at: Millis | None = None
    by: DiscordId | None = None  # who in the team took it back; None: somebody on Fanvue itself


@dataclass(frozen=True)
class ChatRead:
    """A hint that the fan read the chat; each message's own row says which."""

    creator: CreatorId
    fan: Person
    at: Millis


@dataclass(frozen=True)
class Reacted:
    """Somebody put an emoji on a message."""

    creator: CreatorId
    message: FanvueMessageId
    emoji: str
    at: Millis


@dataclass(frozen=True)
class Subscribed:
    """A subscription began, renewed, ended, or its renewal was switched on or off."""

    creator: CreatorId
    fan: Person
    change: str  # activated, renewed, deactivated, renewal_changed
    at: Millis
    expires_at: Millis | None = None
    renews: bool | None = None
    reason: str | None = None
    since: Millis | None = None  # when the subscription began
    period_from: Millis | None = None  # when what is paid for now began
    link: str | None = None  # the address of the tracking link by which the fan came


@dataclass(frozen=True)
class Followed:
    creator: CreatorId
    fan: Person
    at: Millis


@dataclass(frozen=True)
class Paid:
    """Money came in: a tip, a message or post that was bought, a subscription."""

    creator: CreatorId
    fan: Person | None
    source: str  # tip, message, post, subscription, … an open set
    gross: Cents | None
    at: Millis
    payment: str | None = None
    message: FanvueMessageId | None = None
    post: str | None = None
    currency: str | None = None  # as Fanvue names it; None: dollars
    # What the creator's side put on the checkout link that sold it: its reference first, then metadata.
    marks: Mapping[str, str] | None = field(default=None, hash=False)


@dataclass(frozen=True)
class Installment:
    """One part of a plan on a checkout link, or its end. Fanvue counts none of it as earnings."""

    creator: CreatorId
    fan: Person | None
    change: str  # paid, failed, completed
    at: Millis
    amount: Cents | None = None  # in the fan's currency: it is named and never summed
    currency: str | None = None
    number: int | None = None  # which part it is, from 1 on
    of: int | None = None


@dataclass(frozen=True)
class MoneyBack:
    """A refund, a dispute, or the warning that one is likely: that one is never summed."""

    creator: CreatorId
    fan: Person | None
    what: str  # refund, dispute, warning
    amount: Cents | None
    at: Millis
    payment: str | None = None
    currency: str | None = None


@dataclass(frozen=True)
class PaidOut:
    """Fanvue paid out to the creator. What such an event holds was never seen: an amount is a hope."""

    creator: CreatorId
    amount: Cents | None
    at: Millis
    currency: str | None = None


@dataclass(frozen=True)
class CameOnline:
    """A fan is there now. It is no news for long, and no reason to keep anything of a fan."""

    creator: CreatorId
    fan: Person
    at: Millis


@dataclass(frozen=True)
class Ignored:
    """Understood, and nothing the bridge acts on (who went offline, app payments, …)."""

    creator: CreatorId
    kind: str
    at: Millis


Event = (
    FanWrote
    | CreatorWrote
    | MessageDeleted
    | ChatRead
    | Reacted
    | Subscribed
    | Followed
    | Paid
    | Installment
    | MoneyBack
    | PaidOut
    | CameOnline
    | Ignored
)


@dataclass(frozen=True)
class Understood:
    """An event with the key it is kept under (R2): a repeat, from any source, is the same fact."""

    event: Event
    kind: str
    key: str


@dataclass(frozen=True)
class NotUnderstood:
    """A signed body that no rule covers: kept in quarantine, answered 200, read again after an upgrade."""

    reason: str
    kind: str
    key: str
    creator: CreatorId = field(default_factory=lambda: CreatorId(""))
    at: Millis | None = None
    fan: Person | None = None  # whose chat it is about, where it is about a message: they are told of it
