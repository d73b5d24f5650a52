"""Events below a post: comments, likes, tips; and its end."""

from datetime import datetime

from bot.sandbox import witness
from bot.sandbox.fanvue.post_surroundings import CommentRecord
from bot.sandbox.fanvue.records import PaymentRecord, PostRecord, UserId
from bot.sandbox.fanvue.state import FanvueState


def comment(
    state: FanvueState, post: PostRecord, author: UserId, text: str, *, client_id: str | None = None
) -> CommentRecord:
    """Somebody comments; without `client_id` on Fanvue's own site."""
    made = CommentRecord(state.new_id(), post.uuid, author, text, state.now())
    state.below.comments.append(made)
    witness.note("text", text)
    state.ledger.record(
        "comment",
        uuid=made.uuid,
        creator=post.creator,
        post=post.uuid,
        author=author,
        text=text,
        client_id=client_id,
    )
    return made


def like(state: FanvueState, post: PostRecord, fan: UserId) -> None:
    """Once for each fan, however often they press."""
    state.below.likes.setdefault((post.uuid, fan), state.now())


def comments_of(state: FanvueState, post: PostRecord) -> list[CommentRecord]:
    """Oldest first."""
    return [one for one in state.below.comments if one.post == post.uuid]


def likes_of(state: FanvueState, post: PostRecord) -> list[tuple[UserId, datetime]]:
    """The fans who like it, and since when."""
    return [(fan, at) for (uuid, fan), at in state.below.likes.items() if uuid == post.uuid]


def tips_of(state: FanvueState, post: PostRecord) -> list[PaymentRecord]:
    """Tips that were given for this post."""
    return [
        payment
        for payment in state.payments.values()
        if payment.post == post.uuid and payment.source == "tip" and payment.gross > 0
    ]


def remove(state: FanvueState, post: PostRecord, *, client_id: str | None = None) -> None:
    """Remove the post, with all that stood below it; payments stay."""
    del state.posts[post.uuid]
    state.pinned.discard(post.uuid)
    here = state.below
    here.comments = [one for one in here.comments if one.post != post.uuid]
    here.likes = {key: at for key, at in here.likes.items() if key[0] != post.uuid}
    state.ledger.record("post.deleted", uuid=post.uuid, creator=post.creator, client_id=client_id)
