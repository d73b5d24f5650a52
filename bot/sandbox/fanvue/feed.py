"""What happens below a post: comments, likes, tips; and its end."""

from datetime import datetime

from bot.sandbox import witness
from bot.sandbox.fanvue.below import Comment
from bot.sandbox.fanvue.records import Payment, Post, UserId
from bot.sandbox.fanvue.state import State


def comment(state: State, post: Post, author: UserId, text: str, *, client_id: str | None = None) -> Comment:
    """Somebody comments; without `client_id` on Fanvue's own site."""
    made = Comment(state.new_id(), post.uuid, author, text, state.now())
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


def like(state: State, post: Post, fan: UserId) -> None:
    """Once for each fan, however often they press."""
    state.below.likes.setdefault((post.uuid, fan), state.now())


def comments_of(state: State, post: Post) -> list[Comment]:
    """Oldest first."""
    return [one for one in state.below.comments if one.post == post.uuid]


def likes_of(state: State, post: Post) -> list[tuple[UserId, datetime]]:
    """Who likes it, and since when."""
    return [(fan, at) for (uuid, fan), at in state.below.likes.items() if uuid == post.uuid]


def tips_of(state: State, post: Post) -> list[Payment]:
    """Tips that were given for this post."""
    return [
        payment
        for payment in state.payments.values()
        if payment.post == post.uuid and payment.source == "tip" and payment.gross > 0
    ]


def remove(state: State, post: Post, *, client_id: str | None = None) -> None:
    """The post is gone, with whatever stood below it; what was paid stays paid."""
    del state.posts[post.uuid]
    state.pinned.discard(post.uuid)
    here = state.below
    here.comments = [one for one in here.comments if one.post != post.uuid]
    here.likes = {key: at for key, at in here.likes.items() if key[0] != post.uuid}
    state.ledger.record("post.deleted", uuid=post.uuid, creator=post.creator, client_id=client_id)
