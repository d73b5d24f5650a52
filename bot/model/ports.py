"""The relay's ports to the two networks, the clock and the keyring.

Every method of the two networks is one attempt: it neither sleeps nor repeats, and it ends with its
result or with one of the four errors of `bot.model.errors`.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.model.acting_account import CallAccount
from bot.model.events import Person
from bot.model.read_purposes import ReadPurpose
from storage.records import Cents, CreatorId, DiscordId, FanId, FanvueMessageId, MediaId, Millis, Reference


class Clock(Protocol):
    """Time, passed in so that tests own it."""

    def now(self) -> Millis:
        """Milliseconds since 1970, UTC."""


class Ids(Protocol):
    def new(self) -> str:
        """A fresh id of >= 128 random bits, 22 characters of base64url (so it fits a custom_id)."""


class Sealer(Protocol):
    """Encrypts what must not lie in the database in clear; bound to its row by `place`."""

    def seal(self, place: str, plain: bytes) -> bytes:
        """`place` names table, column, row and owner; the same place is needed to open it."""

    def open(self, place: str, sealed: bytes) -> bytes:
        """Raises `ValueError` when the blob belongs to another place or no key fits."""


# ── Fanvue ──


@dataclass(frozen=True)
class ChatMessage:
    """One message of a chat as Fanvue shows it now."""

    message: FanvueMessageId
    from_creator: bool
    text: str | None
    media: tuple[MediaId, ...]
    price: Cents | None
    sent_at: Millis
    read: bool | None
    bought_at: Millis | None
    kind: str | None = None
    unclear: str = ""  # as in `bot.model.events.CreatorWrote`
    media_type: str | None = None  # as in `bot.model.events.FanWrote`
    wordless: bool = False  # Fanvue does not tell its text, not even that it has none


@dataclass(frozen=True)
class MessageToFan:
    """A message for one fan. Text 1 to 5,000 characters or None; a price (>= 300) needs media."""

    text: str | None
    media: tuple[MediaId, ...] = ()
    price: Cents | None = None
    preview: MediaId | None = None


# Whose chats are read next: perhaps with the same request.
Beside = Callable[[], Awaitable[Sequence[FanId]]]


@dataclass(frozen=True)
class ChatLook:
    """The demands on a read that nobody waits for, so that an earlier one may answer it.

    `needs`: a message that must be among those read.
    """

    since: Millis
    needs: FanvueMessageId | None
    beside: Beside


class FanvuePort(Protocol):
    """A creator's chats. `creator` decides whose identity is used."""

    async def send(
        self,
        creator: CreatorId,
        fan: FanId,
        message: MessageToFan,
        *,
        key: str,
        voice: CallAccount | None = None,
    ) -> FanvueMessageId:
        """Send once; `key` goes out as Idempotency-Key. DeliveryUnknown when it may have arrived.

        `voice`: the acting account; None: the one that acts for the creator by itself.
        """

    async def message(
        self, creator: CreatorId, fan: FanId, message: FanvueMessageId, reads: ReadPurpose
    ) -> ChatMessage:
        """Read one message without marking the chat as read; `reads`: the purpose."""

    async def recent(self, creator: CreatorId, fan: FanId, reads: ReadPurpose) -> Sequence[ChatMessage]:
        """Read the newest 50 messages of a chat, newest first, without marking it as read."""

    async def sent_since(self, creator: CreatorId, fan: FanId, since: Millis) -> Sequence[ChatMessage]:
        """Read all that was sent since then, newest first: what follows must not miss one of it.

        Those that cannot be read are there as well, with nothing in them. Raises TryLater for too many.
        """

    async def lately(
        self, creator: CreatorId, fan: FanId, reads: ReadPurpose, look: ChatLook
    ) -> Sequence[ChatMessage]:
        """Read what a chat has had since a moment, newest first, without marking it as read."""

    async def unsend(self, creator: CreatorId, fan: FanId, message: FanvueMessageId) -> None:
        """Take an own message back; fine when it is gone already, Refused when it was bought."""

    async def has(self, creator: CreatorId, fan: FanId, message: FanvueMessageId, *, since: Millis) -> bool:
        """Whether a chat still has a message that was sent no earlier than `since`."""

    async def person(self, creator: CreatorId, fan: FanId) -> Person:
        """Read a fan's names; an event may come without them."""


# ── Discord ──

MARK = 5  # characters by which a reference is told from others where a whole one has no room


@dataclass(frozen=True)
class Button:
    """A button; `action` and `ref` make its custom_id `v1:<action>:<ref>`, and `also` further references.

    Those mean nothing to the person who presses: by them all else that the message shows is found. `marks`:
    of
    still more of them only the beginnings, where whole ones have no room.
    """

    action: str
    ref: str
    label: str
    style: str = "secondary"  # primary, secondary, success, danger
    disabled: bool = False
    also: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    begins: bool = False  # a row of its own
    beside: int | None = None  # which part of the body it stands beside; None: below all of it


def mark_of(reference: str) -> str:
    """The beginning of a reference: 30 bits, which surely find it among the messages of some days."""
    return reference[:MARK]


@dataclass(frozen=True)
class Post:
    """The content of a Discord message. Texts are Markdown that `render` has already made safe.

    `title` and `small` are the bot's own words; `body` may hold a fan's. Nothing in it pings anybody.
    `outline` stands in the place of a body with texts where those are kept off Discord; None: there is
    nothing to keep back. Empty: no text, but media that are shown only on request. `media`: media of Fanvue's
    go with it, which a button shows. `beside`: its buttons may stand beside its texts, which costs no height.
    """

    body: tuple[str, ...]
    title: str | None = None
    small: str | None = None
    accent: int | None = None  # 0xRRGGBB
    buttons: tuple[Button, ...] = ()
    spoiler: bool = False  # the body is covered until somebody clicks on it
    outline: tuple[str, ...] | None = None
    media: bool = False
    beside: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture or video that a post shows; `alt` says in at most 1,024 characters what is to be seen."""

    name: str  # letters, digits, hyphens and underscores, then .png, .jpg, .mp4, .mov or .webm
    content: bytes
    alt: str
    spoiler: bool = False  # covered until somebody clicks on it
    beside: int | None = None  # which part of the body it stands beside, small; None: below all of it


@dataclass(frozen=True)
class Sound:
    """A recording that a post carries as a file of its own, covered; `alt` as of a picture."""

    name: str  # likewise, then .mp3, .m4a, .ogg, .wav or .flac
    content: bytes
    alt: str


@dataclass(frozen=True)
class OpenedThread:
    """A forum post that exists: its thread and its first message."""

    thread: DiscordId
    card: DiscordId


ORIGINAL = "@original"  # as Discord names the first answer to an interaction


class DiscordPort(Protocol):
    """The team's server. Nothing that is posted mentions anybody."""

    async def open_thread(
        self, forum: DiscordId, *, name: str, card: Post, tags: Sequence[DiscordId]
    ) -> OpenedThread:
        """Create one forum post with one request, never re-sent. Unknown when it may exist."""

    async def find_threads(
        self, forum: DiscordId, reference: Reference, *, since: Millis
    ) -> Sequence[OpenedThread]:
        """Forum posts whose first message is the bot's own and carries `reference` in a custom_id.

        Oldest first; active and archived ones; never by name. None is older than `since`.
        """

    async def delete_thread(self, thread: DiscordId) -> None:
        """Delete a forum post that was made twice and is still empty."""

    async def post(self, channel: DiscordId, post: Post, *, nonce: str) -> DiscordId:
        """Post one message; the same nonce within the window returns the earlier message."""

    async def find_post(self, channel: DiscordId, reference: str, *, since: Millis) -> DiscordId | None:
        """The bot's own message in `channel` that carries `reference` in a custom_id, if any."""

    async def edit(self, channel: DiscordId, message: DiscordId, post: Post) -> None:
        """Make a message show `post`; repeating it changes nothing."""

    async def answer(self, token: str, post: Post, message: str | None = None) -> None:
        """Make a private answer show `post` (good for 15 minutes): the interaction's own, or this message."""

    async def answer_beside(self, token: str, post: Post) -> str:
        """Show `post` in a private message of its own, and return its id; the interaction's own stays."""
