"""The texts about a post and its changes (pure)."""

from collections.abc import Mapping

from bot.fanvue.figures import PostRow
from bot.features.publishing.post_management.change_history import EarlierPostChange
from bot.features.publishing.post_management.change_rules import (
    DELETE,
    EDIT,
    PIN,
    REPOST,
    UNPIN,
    PostChange,
    is_out,
)
from bot.features.publishing.post_management.change_texts import becomes
from bot.features.publishing.post_management.input_rules import AUDIENCES
from bot.text.moments import spelled, stamp
from bot.text.render import money
from bot.text.safe_text import one_line, parts_of, plain, safe
from bot.text.time_zones import zone_of
from storage.records import EffectState, Millis

_TEXT = 700  # characters of a text's safe form that are shown: before and after stand in one message
_LINES = 20
_WORD = {
    EDIT: ("Edit a post", "Change it", "edited"),
    DELETE: ("Delete a post", "Delete it", "deleted"),
    PIN: ("Pin a post", "Pin it", "pinned"),
    UNPIN: ("Unpin a post", "Unpin it", "unpinned"),
    REPOST: ("Repost a post", "Repost it", "reposted"),
}
_WARNINGS = {
    EDIT: "It changes on Fanvue as soon as you confirm.",
    DELETE: (
        "It is deleted on Fanvue as soon as you confirm, with its likes and comments. This can't be undone."
    ),
    PIN: "It appears first on the creator's page as soon as you confirm.",
    UNPIN: "It moves back to its place by time as soon as you confirm.",
    REPOST: "It is posted once more as soon as you confirm. This can't be undone.",
}
MOVED = (
    "The post changed on Fanvue after you confirmed, so we left it as is. Run the same command to see it now."
)
NO_REASON = "Fanvue gave no reason."
UNSEEN = "We couldn't see within an hour whether it was done. Please check the post on Fanvue."
CHECKING = "Fanvue's answer did not arrive. We check the post, and ask again only for what is still missing."
REPOST_UNCLEAR = (
    "Fanvue's answer did not arrive, and no post shows a repost. We won't repost automatically. "
    "Check Fanvue, then answer in /inbox problems."
)


def title(change: PostChange, handle: str) -> str:
    return f"{_WORD[change.verb][0]} of @{safe(handle)}"


def button(change: PostChange) -> str:
    """The label of the button that does it."""
    return _WORD[change.verb][1]


def done(verb: str) -> str:
    """The word for the action done: deleted."""
    return _WORD[verb][2]


def warning(change: PostChange) -> str:
    """The result of the press."""
    return _WARNINGS[change.verb]


def body(
    change: PostChange,
    row: PostRow,
    now: Millis,
    *,
    meanwhile: tuple[str, ...],
    more: tuple[str, ...],
    notes: tuple[str, ...] = (),
    files: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """The post, its news, and the change of it. `files`: those that it names, in words."""
    told = (f"**The post:** {about(row, now, change.zone)}", *more)
    changes = [becomes(change, row, name, now, files or {}) for name in change.fields if name != "text"]
    parts = [*meanwhile, "\n".join((*told, *changes, *notes))]
    if "text" not in change.fields:
        return (*parts, quoted(row.text))
    # Words that stay true once it was done.
    before, after = quoted(row.text), quoted(change.fields["text"])
    return (*parts, f"**Text before**\n{before}\n**Text after**\n{after}")


def about(row: PostRow, now: Millis, zone: str) -> str:
    """A post in one line, without its text."""
    told = [when(row, now, zone)]
    if row.audience:
        told.append(AUDIENCES.get(row.audience, safe(one_line(row.audience, 40))))
    if row.price:
        told.append(f"{money(row.price)} to unlock")
    if row.media_uuids:
        told.append(f"{len(row.media_uuids)} {'file' if len(row.media_uuids) == 1 else 'files'}")
    if row.expires_at is not None:
        ends = "expired" if row.expires_at <= now else "expires"
        told.append(f"{ends} {spelled(row.expires_at, now, zone_of(zone))}")
    return f"{'📌 ' if row.is_pinned else ''}{' · '.join(told)}"


def when(row: PostRow, now: Millis, zone: str) -> str:
    """Published, scheduled or neither, by the zone's clocks."""
    if is_out(row, now):
        return f"published {spelled(row.published_at or now, now, zone_of(zone))}"
    if row.publish_at is not None:
        return f"scheduled for {spelled(row.publish_at, now, zone_of(zone))}"
    return "a draft"


def counts(row: PostRow) -> str:
    """The counts below it, as far as Fanvue tells."""
    told = [
        f"{number} {word if number == 1 else f'{word}s'}"
        for number, word in (
            (row.likes_count, "like"),
            (row.comments_count, "comment"),
            (row.tips.count if row.tips else None, "tip"),
        )
        if number is not None
    ]
    return ", ".join(told) or "Fanvue doesn't say"


def below(row: PostRow, buyers: int) -> tuple[str, ...]:
    """The things deleted with a post, and what is not known of it."""
    return (f"**Below it:** {counts(row)}", *bought(row, buyers))


def bought(row: PostRow, buyers: int) -> tuple[str, ...]:
    """The buyers of its media, as far as known."""
    if not row.price and not buyers:
        return ()
    known = f"{buyers} {'fan' if buyers == 1 else 'fans'}" if buyers else "nobody"
    told = (
        f"**Bought by:** {known}, as far as we know. Fanvue does not promise that buyers keep "
        "what they unlocked."
    )
    return (told,)


def already(verb: str, earlier: EarlierPostChange | None) -> str:
    if earlier is None:
        words = "is no longer on Fanvue" if verb == DELETE else "is already like that on Fanvue"
        return f"The post {words}. No changes made."
    by, at = f"<@{earlier.actor}>", f"<t:{earlier.at // 1000}:t>"
    if earlier.state is EffectState.DONE:
        return f"Already {done(verb)} by {by} at {at}. No changes made."
    return f"{by} had it {done(verb)} at {at}; we don't know yet whether that worked. No changes made."


def last(verb: str, earlier: EarlierPostChange | None) -> tuple[str, ...]:
    """The time of the last such action through the bridge, if it can be done again."""
    if earlier is None:
        return ()
    return (f"**Last {done(verb)}:** {stamp(earlier.at)} by <@{earlier.actor}>",)


def quoted(text: str | None) -> str:
    """A text as it is shown: cut where it is long."""
    if not text:
        return "> (no text)"
    shown = "\n".join(parts_of(text, _TEXT)[0].split("\n")[:_LINES])
    quoted = "\n".join(f"> {safe(line)}" for line in shown.split("\n"))
    rest = len(plain(text)) - len(shown)
    return quoted if not rest else f"{quoted}\n… and {rest:,} more characters."
