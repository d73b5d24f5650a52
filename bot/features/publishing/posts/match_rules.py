"""Finds a creator's posts that one attempt may have made (pure)."""

from collections.abc import Iterable

from bot.fanvue.figures import PostRow
from bot.features.publishing.posts.plan_rules import PlannedPost
from bot.relay.send_match import SKEW, same_words
from storage.records import Millis

_ROUNDING: Millis = 60_000  # Fanvue may keep a publish time by the minute


def fitting(posts: Iterable[PostRow], wanted: PlannedPost, *, started: Millis) -> list[PostRow]:
    """Every post that an attempt which began then may have made, oldest first; never a guess.

    What Fanvue does not tell of a post speaks against it: a person is asked rather than a wrong post taken
    for this one.
    """
    found = [post for post in posts if _is_this(post, wanted, started=started)]
    return sorted(found, key=lambda post: (made_at(post) or 0, post.uuid))


def hides(post: PostRow, wanted: PlannedPost, *, started: Millis) -> bool:
    """Whether it may be this one as well, but Fanvue does not tell enough of it."""
    made = made_at(post)
    fits = {
        "text": same_words(post.text, wanted.text),
        "media_uuids": sorted(post.media_uuids or ()) == sorted(wanted.media),
        "price": (post.price or None) == wanted.price,
        "audience": post.audience == wanted.audience,
    }
    untold = [name for name in fits if not post.tells(name)]
    return (
        (made is None or (made >= started - SKEW and bool(untold)))
        and all(same or name in untold for name, same in fits.items())
        and not _is_this(post, wanted, started=started)
    )


def made_at(post: PostRow) -> Millis | None:
    """The time a post was made, as far as Fanvue tells."""
    return post.created_at if post.created_at is not None else post.published_at


def _is_this(post: PostRow, wanted: PlannedPost, *, started: Millis) -> bool:
    made = made_at(post)
    return (
        made is not None
        and made >= started - SKEW
        and same_words(post.text, wanted.text)
        and sorted(post.media_uuids or ()) == sorted(wanted.media)
        and (post.price or None) == wanted.price
        and post.audience == wanted.audience
        and post.media_preview_uuid in (None, wanted.preview)
        and _ends_with_it(post, wanted)
        and _on_its_shelves(post, wanted)
        and _at_its_time(post, wanted, made)
    )


def _ends_with_it(post: PostRow, wanted: PlannedPost) -> bool:
    if post.expires_at is None or wanted.expires_at is None:
        return post.expires_at is wanted.expires_at
    return abs(post.expires_at - wanted.expires_at) <= _ROUNDING


def _on_its_shelves(post: PostRow, wanted: PlannedPost) -> bool:
    """The same collections; a list that Fanvue does not tell speaks against none."""
    if post.collections is None:
        return True
    return {one.uuid for one in post.collections} == {uuid for uuid, _ in wanted.collections}


def _at_its_time(post: PostRow, wanted: PlannedPost, made: Millis) -> bool:
    """Scheduled for the same moment; or, like this one, not scheduled at all."""
    told = post.publish_at if post.publish_at is not None else post.published_at
    if wanted.publish_at is None:
        return told is None or told <= made + _ROUNDING
    return told is not None and abs(told - wanted.publish_at) <= _ROUNDING
