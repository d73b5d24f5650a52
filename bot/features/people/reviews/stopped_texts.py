"""Texts about replies that did not leave as written, for leads (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.features.people.reviews.sent_texts import NONE, PERIODS, numbered, turns
from bot.model.language import msgid, tr
from bot.model.ports import Post
from bot.relay.review_wishes import StoppedRepliesWish
from bot.text.colours import QUIET_COLOUR, TEAM_COLOUR
from bot.text.safe_text import safe
from storage.people.stopped_attempts import EDITED, FOR_ALL, GUARD, RETURNED, StoppedAttempt
from storage.records import CreatorId, DiscordId, FanThread

TURN = "review.blocked"
_DID = {RETURNED: msgid("Returned by a lead"), EDITED: msgid("Edited by a lead before it was sent")}
_BECAME = {
    "warned": msgid("its author was asked"),
    "held": msgid("kept for a lead"),
    "blocked": msgid("was not sent"),
}
_COUNTED = msgid("What the guard found and what leads blocked, without texts or words, from the audit log.")


@dataclass(frozen=True)
class StoppedReplyLine:
    """One attempt of a page."""

    stopped: StoppedAttempt
    fan: str | None  # their name; None: written for many, or forgotten
    thread: FanThread | None


@dataclass(frozen=True)
class StoppedReplyPage:
    """All that a page says."""

    wish: StoppedRepliesWish
    lines: Sequence[StoppedReplyLine]
    handles: Mapping[CreatorId, str]
    guild: DiscordId | None
    number: int
    cut: bool
    newer: str | None
    older: str | None
    has_file: bool = False


def page(shown: StoppedReplyPage, packs: Mapping[str, str]) -> Post:
    body = tuple(_said(line, shown, packs) for line in shown.lines)
    return Post(
        title=tr("What was stopped"),
        body=body or (tr(NONE),),
        small=_small(shown, packs),
        accent=TEAM_COLOUR if body else QUIET_COLOUR,
        buttons=turns(TURN, shown.newer, shown.older),
    )


def what(action: str, packs: Mapping[str, str]) -> str:
    """The pack that noticed it, or what a lead did."""
    if not action.startswith(GUARD):
        return tr(_DID.get(action, action))
    pack = action.removeprefix(GUARD).removesuffix(FOR_ALL)
    name = tr(packs[pack]) if pack in packs else pack
    return tr("{pack}, for many", pack=name) if action.endswith(FOR_ALL) else name


def became(one: StoppedAttempt) -> str:
    said = tr(_BECAME.get(one.outcome, ""))
    return tr("{became}, then released", became=said) if one.anyway else said


def _said(line: StoppedReplyLine, shown: StoppedReplyPage, packs: Mapping[str, str]) -> str:
    one = line.stopped
    who = f"<@{one.writer}>" if one.writer is not None else tr("someone who is no longer known")
    of = f" (@{safe(shown.handles.get(one.creator, ''))})" if len(shown.handles) > 1 else ""
    to = f" → **{line.fan}**" if line.fan is not None else tr(" → a forgotten fan") if one.fan else ""
    by = f"<@{one.lead}>" if one.lead is not None else ""
    said = [f"<t:{one.at // 1000}:f>", f"{who}{to}{of}", f"**{what(one.action, packs)}**", became(one), by]
    thread = line.thread
    there = thread is not None and thread.state == "open" and thread.guild == shown.guild
    way = (
        f"\nhttps://discord.com/channels/{thread.guild}/{thread.thread}"
        if thread is not None and there
        else ""
    )
    return " · ".join(filter(None, said)) + way


def _small(shown: StoppedReplyPage, packs: Mapping[str, str]) -> str:
    wish = shown.wish
    chosen = [tr(PERIODS[wish.days])]
    if wish.member is not None:
        chosen.append(tr("by <@{member}>", member=wish.member))
    if wish.what is not None:
        chosen.append(what(wish.what, packs))
    notes = [" · ".join([*chosen, numbered(wish.number, shown.number)]), tr(_COUNTED)]
    if shown.cut:
        notes.append(
            tr("There is more than we can check: these are only the newest. A shorter time shows all of it.")
        )
    if shown.has_file:
        notes.append(tr("The file has everything. Leave `as_file:` out to turn pages."))
    return "\n".join(notes)
