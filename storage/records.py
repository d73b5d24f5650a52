"""The bridge's memory, as frozen records, and the kinds of ids.

Times are milliseconds since 1970 (UTC), money is whole US cents. Texts and tokens are sealed (`bytes`).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

CreatorId = NewType("CreatorId", str)  # Fanvue uuid of a creator: unique everywhere, for ever
FanId = NewType("FanId", str)  # Fanvue uuid of a fan: unique everywhere; one fan may follow many creators
Pseudonym = NewType("Pseudonym", str)  # ours: a fan in what outlives them; only their key says whose it is
FanvueMessageId = NewType("FanvueMessageId", str)  # Fanvue uuid of a message: unique everywhere
MediaId = NewType("MediaId", str)  # Fanvue uuid of a vault item: unique everywhere
LinkId = NewType("LinkId", str)  # ours: one person's Fanvue connection
ThreadKey = NewType("ThreadKey", str)  # ours: one fan's forum post, before and after Discord knows it
Reference = NewType("Reference", str)  # ours: 128 bits nobody can guess, written into a button's custom_id
FactId = NewType("FactId", str)  # ours: one row of the inbox
EffectId = NewType("EffectId", str)  # ours: one row of the outbox
CommandId = NewType("CommandId", str)  # ours: one accepted or waiting command
DraftId = NewType("DraftId", str)  # ours: what a button or modal refers to
TemplateId = NewType("TemplateId", str)  # ours: an answer that is kept to be used again
Stream = NewType("Stream", str)  # ours: effects of one stream are carried out one at a time, in order
DiscordId = NewType("DiscordId", int)  # a snowflake: unique on Discord

Millis = int
Cents = int


class FactState(StrEnum):
    """The bridge's progress with something that happened."""

    NEW = "new"  # kept, not yet decided
    DONE = "done"  # decided; its effects are in the outbox
    QUARANTINED = "quarantined"  # signed but not understood; read again after an upgrade
    ORPHAN = "orphan"  # for a creator that nobody has linked


class EffectState(StrEnum):
    """The bridge's progress with something it means to do (R4)."""

    PENDING = "pending"  # not begun, or surely not sent
    SENDING = "sending"  # committed before the first byte left
    DONE = "done"
    REJECTED = "rejected"  # the other side refused; a reason for a person
    UNKNOWN = "unknown"  # may have arrived: only reads from here
    ABSENT = "absent"  # looked for and not found; only a person sends it again
    CANCELLED = "cancelled"  # a person gave it up, or it lost its purpose


# As the indexes say it in which only effects lie that are still to be carried out: a query that says it so
# finds the little that there is among all that was ever done.
# Of the two only the first is in the indexes, or each change of state would be one of them, too.
OPEN: Final = "settled_at IS NULL AND state IN ('pending', 'sending', 'unknown')"
OPEN_O: Final = "o.settled_at IS NULL AND o.state IN ('pending', 'sending', 'unknown')"  # of `outbox o`


class CommandState(StrEnum):
    """Two-phase acceptance of a command (R9)."""

    STAGED = "staged"
    ACCEPTED = "accepted"
    KEPT = "kept"  # accepted, and kept back: nothing follows from it until it is let go
    CANCELLED = "cancelled"


class LinkState(StrEnum):
    """The life of one person's Fanvue connection."""

    ACTIVE = "active"
    RELINK_REQUIRED = "relink_required"
    UNLINKING = "unlinking"
    CLOSED = "closed"


class LinkKind(StrEnum):
    """The relation of a connected Fanvue account to its link's creator."""

    OWN = "own"  # the creator's own account
    MEMBER = "member"  # an account that is no creator: its person works for creators
    STEWARD = "steward"  # somebody's who manages the creator, and who stands in for the owner


@dataclass(frozen=True)
class Fact:
    """Something that happened, kept once under (creator, kind, key)."""

    id: FactId
    creator: CreatorId
    kind: str
    key: str
    source: str  # webhook, sweep or command
    source_at: Millis
    received_at: Millis
    state: FactState
    body: bytes  # sealed


@dataclass(frozen=True)
class Effect:
    """Something the bridge means to do on one of the two networks."""

    id: EffectId
    stream: Stream
    seq: int
    network: str  # "discord" or "fanvue"
    kind: str
    creator: CreatorId
    fan: FanId | None
    cause: str  # a fact, a command or another effect; unique together with `part`
    part: str
    body: bytes  # sealed JSON
    state: EffectState
    attempts: int
    attempt_started: Millis | None  # the first one of unknown fate, or the one under way
    doubted_at: Millis | None  # when the last one of unknown fate ended: bytes may have left until then
    not_before: Millis
    external_id: str | None
    nonce: str
    reason: str | None
    created_at: Millis
    settled_at: Millis | None
    holder: str = ""  # which process began the last attempt; '': the only one
    drafted: str | None = None  # see `storage.engine.draft_marks`

    @property
    def since(self) -> Millis:
        """From when on something on the other side can be its doing."""
        return min(self.created_at, self.attempt_started or self.created_at)

    @property
    def settles_from(self) -> Millis:
        """From when on the time runs after which what is not there will not come any more."""
        return self.doubted_at or self.attempt_started or self.created_at


@dataclass(frozen=True)
class Creator:
    """A Fanvue creator that somebody has linked, now or earlier."""

    id: CreatorId
    handle: str
    display_name: str


@dataclass(frozen=True)
class Link:
    """One Discord user's connection to one Fanvue account.

    A steward's has no tokens of its own: it goes `via` the link of the account that manages the creator.
    """

    id: LinkId
    creator: CreatorId  # the Fanvue account that it is about
    discord_user: DiscordId
    guild: DiscordId
    generation: int
    state: LinkState
    scopes: str
    handle: str
    kind: LinkKind = LinkKind.OWN
    via: LinkId | None = None


@dataclass(frozen=True)
class TokenPair:
    """A link's current tokens, sealed."""

    link: LinkId
    generation: int
    access: bytes
    refresh: bytes
    expires_at: Millis
    attempt: str | None
    attempt_started: Millis | None


@dataclass(frozen=True)
class Fan:
    """A person who writes to a creator, as far as Fanvue told."""

    creator: CreatorId
    id: FanId
    handle: str | None
    display_name: str | None
    status: str | None  # subscriber, follower, expired, … an open set
    first_seen: Millis


@dataclass(frozen=True)
class Forum:
    """The place of one creator's fans on one server."""

    id: DiscordId
    guild: DiscordId
    category: DiscordId
    alerts: DiscordId
    creator: CreatorId | None  # None: prepared, waits for an owner who says that it is theirs
    tags: str  # JSON: our tag name -> Discord's tag id
    name: str = ""  # as /setup last saw it


@dataclass(frozen=True)
class FanThread:
    """One fan's forum post; `thread` is None until Discord has confirmed it."""

    key: ThreadKey
    creator: CreatorId
    fan: FanId
    generation: int
    guild: DiscordId
    forum: DiscordId
    thread: DiscordId | None
    card: DiscordId | None
    reference: Reference
    state: str  # wanted, open, gone


@dataclass(frozen=True)
class MessagePair:
    """One Fanvue message and the Discord message that shows it."""

    creator: CreatorId
    fan: FanId
    message: FanvueMessageId
    direction: str  # "in" from the fan, "out" to the fan, "mass": their copy of what went to many
    sent_at: Millis
    effect: EffectId | None = None  # the send (out, mass) that made it
    channel: DiscordId | None = None
    discord_message: DiscordId | None = None
    seen_at: Millis | None = None
    bought_at: Millis | None = None
    price: Cents | None = None


@dataclass(frozen=True)
class Command:
    """A member's wish, kept before Discord is answered (R9)."""

    id: CommandId
    interaction: str
    actor: DiscordId
    actor_name: str
    guild: DiscordId
    channel: DiscordId
    creator: CreatorId | None
    action: str
    target: str
    body: bytes  # sealed JSON
    state: CommandState
    created_at: Millis
    token: bytes  # sealed: Discord's interaction token, good for 15 minutes
    application: int = 0  # the bot that was asked; 0: from before there could be several
    answer: str | None = None  # its private message; None: the interaction's own; "": none, that is a line
    language: str | None = None  # in which it was asked; None: nobody knows
