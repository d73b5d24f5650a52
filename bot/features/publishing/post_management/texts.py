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
from bot.model.language import msgid, msgid_many, number_text, tr, tr_many
from bot.text.moments import spelled, stamp
from bot.text.render import money
from bot.text.safe_text import one_line, parts_of, plain, safe
from bot.text.time_zones import zone_of
from storage.records import EffectState, Millis

_TEXT = 700  # characters of a text's safe form that are shown: before and after stand in one message
_LINES = 20
_WORD = {
    EDIT: (msgid("Edit a post of @{handle}"), msgid("Change it")),
    DELETE: (msgid("Delete a post of @{handle}"), msgid("Delete it")),
    PIN: (msgid("Pin a post of @{handle}"), msgid("Pin it")),
    UNPIN: (msgid("Unpin a post of @{handle}"), msgid("Unpin it")),
    REPOST: (msgid("Repost a post of @{handle}"), msgid("Repost it")),
}
DONE = {
    EDIT: msgid("edited"),
    DELETE: msgid("deleted on Fanvue"),
    PIN: msgid("pinned"),
    UNPIN: msgid("unpinned"),
    REPOST: msgid("reposted"),
}
_WARNINGS = {
    EDIT: msgid("It changes on Fanvue as soon as you confirm."),
    DELETE: msgid(
        "It is deleted on Fanvue as soon as you confirm, with its likes and comments. This can't be undone."
    ),
    PIN: msgid("It appears first on the creator's page as soon as you confirm."),
    UNPIN: msgid("It moves back to its place by time as soon as you confirm."),
    REPOST: msgid("It is posted once more as soon as you confirm. This can't be undone."),
}
MOVED = msgid(
    "The post changed on Fanvue after you confirmed, so we left it as is. Run the same command to see it now."
)
NO_REASON = msgid("Fanvue gave no reason.")
UNSEEN = msgid("We couldn't see within an hour whether it was done. Please check the post on Fanvue.")
CHECKING = msgid(
    "Fanvue's answer did not arrive. We check the post, and ask again only for what is still missing."
)
REPOST_UNCLEAR = msgid(
    "Fanvue's answer did not arrive, and no post shows a repost. We won't repost "
    "automatically. Check Fanvue, then answer in /inbox problems."
)


def title(change: PostChange, handle: str) -> str:
    return tr(_WORD[change.verb][0], handle=safe(handle))


def button(change: PostChange) -> str:
    """The label of the button that does it."""
    return tr(_WORD[change.verb][1])


def done(verb: str) -> str:
    """The word for the action done: deleted."""
    return tr(DONE[verb])


def warning(change: PostChange) -> str:
    """The result of the press."""
    return tr(_WARNINGS[change.verb])


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
    told = (tr("**The post:** {about}", about=about(row, now, change.zone)), *more)
    changes = [becomes(change, row, name, now, files or {}) for name in change.fields if name != "text"]
    parts = [*meanwhile, "\n".join((*told, *changes, *notes))]
    if "text" not in change.fields:
        return (*parts, quoted(row.text))
    # Words that stay true once it was done.
    before, after = quoted(row.text), quoted(change.fields["text"])
    return (*parts, tr("**Text before**\n{before}\n**Text after**\n{after}", before=before, after=after))


def about(row: PostRow, now: Millis, zone: str) -> str:
    """A post in one line, without its text."""
    told = [when(row, now, zone)]
    if row.audience:
        told.append(tr(AUDIENCES.get(row.audience, safe(one_line(row.audience, 40)))))
    if row.price:
        told.append(tr("{price} to unlock", price=money(row.price)))
    if row.media_uuids:
        told.append(tr_many("{n} file", "{n} files", len(row.media_uuids)))
    if row.expires_at is not None:
        at = spelled(row.expires_at, now, zone_of(zone))
        told.append(tr("expired {at}", at=at) if row.expires_at <= now else tr("expires {at}", at=at))
    return f"{'📌 ' if row.is_pinned else ''}{' · '.join(told)}"


def when(row: PostRow, now: Millis, zone: str) -> str:
    """Published, scheduled or neither, by the zone's clocks."""
    if is_out(row, now):
        return tr("published {at}", at=spelled(row.published_at or now, now, zone_of(zone)))
    if row.publish_at is not None:
        return tr("scheduled for {at}", at=spelled(row.publish_at, now, zone_of(zone)))
    return tr("a draft")


def counts(row: PostRow) -> str:
    """The counts below it, as far as Fanvue tells."""
    told = [
        tr_many(*words, number, n=number)
        for number, words in (
            (row.likes_count, msgid_many("{n} like", "{n} likes")),
            (row.comments_count, msgid_many("{n} comment", "{n} comments")),
            (row.tips.count if row.tips else None, msgid_many("{n} tip", "{n} tips")),
        )
        if number is not None
    ]
    return ", ".join(told) or tr("Fanvue doesn't say")


def below(row: PostRow, buyers: int) -> tuple[str, ...]:
    """The things deleted with a post, and what is not known of it."""
    return (tr("**Below it:** {counts}", counts=counts(row)), *bought(row, buyers))


def bought(row: PostRow, buyers: int) -> tuple[str, ...]:
    """The buyers of its media, as far as known."""
    if not row.price and not buyers:
        return ()
    known = tr_many("{n} fan", "{n} fans", buyers, n=buyers) if buyers else tr("nobody")
    told = tr(
        "**Bought by:** {fans}, as far as we know. Fanvue does not promise that buyers keep "
        "what they unlocked.",
        fans=known,
    )
    return (told,)


def already(verb: str, earlier: EarlierPostChange | None) -> str:
    if earlier is None:
        return (
            tr("The post is no longer on Fanvue. No changes made.")
            if verb == DELETE
            else tr("The post is already like that on Fanvue. No changes made.")
        )
    by, at = f"<@{earlier.actor}>", f"<t:{earlier.at // 1000}:t>"
    if earlier.state is EffectState.DONE:
        return tr("Already {done} by {by} at {at}. No changes made.", done=done(verb), by=by, at=at)
    return tr(
        "{by} had it {done} at {at}; we don't know yet whether that worked. No changes made.",
        by=by,
        done=done(verb),
        at=at,
    )


def last(verb: str, earlier: EarlierPostChange | None) -> tuple[str, ...]:
    """The time of the last such action through the bridge, if it can be done again."""
    if earlier is None:
        return ()
    return (
        tr("**Last {done}:** {at} by <@{actor}>", done=done(verb), at=stamp(earlier.at), actor=earlier.actor),
    )


def quoted(text: str | None) -> str:
    """A text as it is shown: cut where it is long."""
    if not text:
        return tr("> (no text)")
    shown = "\n".join(parts_of(text, _TEXT)[0].split("\n")[:_LINES])
    quoted = "\n".join(f"> {safe(line)}" for line in shown.split("\n"))
    rest = len(plain(text)) - len(shown)
    return (
        quoted
        if not rest
        else tr("{quoted}\n… and {rest} more characters.", quoted=quoted, rest=number_text(rest))
    )
