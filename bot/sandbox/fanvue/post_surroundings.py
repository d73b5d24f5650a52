"""Records around posts: comments, likes; and tracking links."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.fanvue.records import PostId, UserId


@dataclass
class CommentRecord:
    """A comment below a post; comments have no threads of their own."""

    uuid: str
    post: PostId
    author: UserId
    text: str
    created_at: datetime


@dataclass
class CollectionRecord:
    """Some of a creator's posts under one name."""

    uuid: str
    creator: UserId
    label: str
    created_at: datetime


@dataclass
class PostSurroundings:
    """The surroundings of one Fanvue's posts."""

    comments: list[CommentRecord] = field(default_factory=list)
    collections: dict[str, CollectionRecord] = field(default_factory=dict)
    shelved: dict[PostId, list[str]] = field(default_factory=dict)  # a post → its collections
    likes: dict[tuple[PostId, UserId], datetime] = field(default_factory=dict)


@dataclass
class TrackingLinkRecord:
    """An address that a creator puts somewhere else; its visitors are counted."""

    uuid: str
    creator: UserId
    name: str
    platform: str
    created_at: datetime
    clicks: int = 0
    users: dict[UserId, datetime] = field(default_factory=dict)  # who came by it, and when
