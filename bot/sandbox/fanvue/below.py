"""What stands below posts: comments and likes, as records."""

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
class Below:
    """What stands below the posts of one Fanvue."""

    comments: list[Comment] = field(default_factory=list)
    likes: dict[tuple[PostId, UserId], datetime] = field(default_factory=dict)
