"""What stands around posts, as records: comments, likes; and tracking links."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.fanvue.records import PostId, UserId


@dataclass
class Comment:
    """A comment below a post; comments have no threads of their own."""

    uuid: str
    post: PostId
    author: UserId
    text: str
    created_at: datetime


@dataclass
class Collection:
    """Some of a creator's posts under one name."""

    uuid: str
    creator: UserId
    label: str
    created_at: datetime


@dataclass
class Below:
    """What stands around the posts of one Fanvue."""

    comments: list[Comment] = field(default_factory=list)
    collections: dict[str, Collection] = field(default_factory=dict)
    shelved: dict[PostId, list[str]] = field(default_factory=dict)  # a post → its collections
    likes: dict[tuple[PostId, UserId], datetime] = field(default_factory=dict)


@dataclass
class TrackingLink:
    """An address that a creator puts somewhere else; whoever comes by it is counted."""

    uuid: str
    creator: UserId
    name: str
    platform: str
    created_at: datetime
    clicks: int = 0
    users: dict[UserId, datetime] = field(default_factory=dict)  # who came by it, and when
