"""The things that a Discord is made of: people, servers, channels, messages."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

TEXT, DM, CATEGORY, PUBLIC_THREAD, PRIVATE_THREAD, FORUM = 0, 1, 4, 11, 12, 15
TEXT_DISPLAY = 10
HAS_THREAD, EPHEMERAL, LOADING, SILENT, COMPONENTS_V2 = 1 << 5, 1 << 6, 1 << 7, 1 << 12, 1 << 15


@dataclass(slots=True)
class StandInUser:
    """An account; `adult` opens age-restricted channels, `dms_open` lets bots of the same server write.

    `locale`: the language of this person's client. `largest_file`: what it lets them upload, in bytes;
    those who pay Discord may more.
    """

    id: int
    name: str
    bot: bool = False
    adult: bool = True
    dms_open: bool = True
    global_name: str | None = None
    locale: str = "en-US"
    largest_file: int = 10 * 1024 * 1024


@dataclass(slots=True)
class StandInApplication:
    """A bot as the Developer Portal knows it."""

    id: int
    name: str
    user: StandInUser
    token: str
    client_secret: str
    redirect_uris: tuple[str, ...]
    intents_enabled: frozenset[str]
    interactions_url: str | None = None
    public: bool = False


@dataclass(slots=True)
class StandInRole:
    """A role; the id of @everyone is the id of its server."""

    id: int
    name: str
    permissions: int
    position: int
    mentionable: bool = False
    hoist: bool = False
    color: int = 0
    managed_by: int | None = None


@dataclass(slots=True)
class StandInMember:
    """A user in a server."""

    user: StandInUser
    roles: list[int]
    joined_at: datetime
    nick: str | None = None


@dataclass(slots=True)
class StandInOverwrite:
    """The overwrite of a channel for one role (type 0) or member (type 1)."""

    id: int
    type: int
    allow: int
    deny: int


@dataclass(slots=True)
class StandInTag:
    id: int
    name: str
    moderated: bool = False
    emoji_id: int | None = None
    emoji_name: str | None = None


@dataclass(slots=True)
class ThreadState:
    """The state of a thread beyond a channel's."""

    owner_id: int
    created_at: datetime
    active_at: datetime
    archive_timestamp: datetime
    auto_archive_minutes: int
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    applied_tags: list[int] = field(default_factory=list)
    message_count: int = 0
    total_sent: int = 0
    members: dict[int, datetime] = field(default_factory=dict)


@dataclass(slots=True)
class StandInChannel:
    """A channel of any kind; `thread` is set for threads, `recipients` for private channels."""

    id: int
    type: int
    name: str = ""
    guild_id: int | None = None
    parent_id: int | None = None
    position: int = 0
    topic: str | None = None
    nsfw: bool = False
    flags: int = 0
    rate_limit_per_user: int = 0
    overwrites: dict[int, StandInOverwrite] = field(default_factory=dict)
    tags: list[StandInTag] = field(default_factory=list)
    default_auto_archive: int | None = None
    default_thread_rate_limit: int = 0
    default_sort_order: int | None = None
    default_forum_layout: int = 0
    default_reaction_emoji: dict[str, Any] | None = None
    last_message_id: int | None = None
    recipients: list[StandInUser] = field(default_factory=list)
    thread: ThreadState | None = None
    renamed_at: list[datetime] = field(default_factory=list)


@dataclass(slots=True)
class StandInGuild:
    id: int
    name: str
    owner_id: int
    roles: dict[int, StandInRole] = field(default_factory=dict)
    members: dict[int, StandInMember] = field(default_factory=dict)
    channel_ids: list[int] = field(default_factory=list)
    max_active_threads: int = 1000
    system_channel_id: int | None = None


@dataclass(slots=True)
class StandInAttachment:
    id: int
    filename: str
    content: bytes
    content_type: str
    description: str | None = None


@dataclass(slots=True)
class StandInPings:
    """Those notified by a message, after its allowed mentions and the permissions."""

    users: list[int] = field(default_factory=list)
    roles: list[int] = field(default_factory=list)
    everyone: bool = False


@dataclass(slots=True)
class StandInMessage:
    """A message; `viewer_id` is the only person who sees an ephemeral one."""

    id: int
    channel_id: int
    author: StandInUser
    created_at: datetime
    content: str = ""
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[StandInAttachment] = field(default_factory=list)
    flags: int = 0
    type: int = 0
    tts: bool = False
    edited_at: datetime | None = None
    nonce: str | int | None = None
    pings: StandInPings = field(default_factory=StandInPings)
    reference: dict[str, Any] | None = None
    application_id: int | None = None
    interaction: dict[str, Any] | None = None
    viewer_id: int | None = None
    versions: int = 1
    deleted: bool = False
    pinned_at: datetime | None = None
    reactions: dict[str, list[int]] = field(default_factory=dict)  # by emoji: who, in order

    @property
    def ephemeral(self) -> bool:
        """Only one person sees it, and no channel lists it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """A deferred answer that still says that the application is thinking."""
        return bool(self.flags & LOADING)

    @property
    def text(self) -> str:
        """Everything that a reader sees as text: content, embeds, and text displays."""
        parts = [self.content] if self.content else []
        for embed in self.embeds:
            parts += [str(embed[k]) for k in ("title", "description") if embed.get(k)]
            parts += [f"{f['name']}: {f['value']}" for f in embed.get("fields", [])]
        return "\n".join([*parts, *self.displays()])

    def displays(self) -> list[str]:
        """The texts of the text displays, in order; like content, they can mention people."""
        return [c["content"] for c in walk(self.components) if c["type"] == TEXT_DISPLAY]


def walk(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every component of a tree, parents before children."""
    found: list[dict[str, Any]] = []
    for component in components:
        found.append(component)
        found += walk(component.get("components", []))
        for single in ("accessory", "component"):
            if isinstance(component.get(single), dict):
                found += walk([component[single]])
    return found
