"""Posts come about: through the API, or by the creator's own hand on the site."""

from datetime import datetime

from bot.sandbox import witness
from bot.sandbox.fanvue.records import PostRecord
from bot.sandbox.fanvue.state import FanvueState


def publish(state: FanvueState, post: PostRecord, *, client_id: str | None = None) -> PostRecord:
    """Keep a new post; without `client_id` it was made on Fanvue's own site."""
    state.posts[post.uuid] = post
    witness.note("text", post.text)
    state.ledger.record(
        "post",
        uuid=post.uuid,
        creator=post.creator,
        client_id=client_id,
        audience=post.audience,
        text=post.text,
        price=post.price,
        media=list(post.media),
        preview=post.preview,
        publish_at=post.publish_at,
    )
    return post


def published_at(post: PostRecord, now: datetime) -> datetime | None:
    """The time it came out; None while it is a draft or its time has not come."""
    if post.published_at is not None or post.publish_at is None:
        return post.published_at
    return post.publish_at if post.publish_at <= now else None
