"""Texts about sent replies, for leads (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.access.roles import MoneyView
from bot.features.people.reviews.choice_rules import PAGE, ReviewRow
from bot.features.people.reviews.model import ShownTo
from bot.model.draft_source import mark_of
from bot.model.language import msgid, number_text, tr
from bot.model.ports import Button, Post
from bot.relay.review_wishes import SentRepliesOrder, SentRepliesWish
from bot.text.colours import QUIET_COLOUR, TEAM_COLOUR
from bot.text.draft_changes import drafted_by
from bot.text.moments import lasting
from bot.text.safe_text import parts_of, safe
from storage.people.sent_replies import SentReply
from storage.records import CreatorId, DiscordId

TURN = "review.sent"
NO_FIGURES = msgid(
    "You can't see these creators' figures, so you can't filter or sort by price. Run /team sent without it."
)
CLOSED = msgid("This list is closed: lists stay open for a day. Run {command} again.")
NOT_THERE = msgid("You no longer lead any of the creators on this list.")
GONE, UNREADABLE = msgid("text no longer kept"), msgid("text unreadable: the stored copy is damaged")
IN_THREAD = msgid("text shown in the thread only")
NONE = msgid("No matches.")
PERIODS = {1: msgid("the last 24 hours"), 7: msgid("the last 7 days"), 30: msgid("the last 30 days")}
_ORDERS = {
    SentRepliesOrder.NEWEST: "",
    SentRepliesOrder.SLOWEST: msgid("slowest first"),
    SentRepliesOrder.PRICE: msgid("highest price first"),
}
_COUNTED = msgid(
    "What members sent on Fanvue, as far as we still keep it. A wait counts from the "
    "fan's first unanswered message, nights included."
)
_ROOM, _LONGEST, _SHORTEST = 3_500, 260, 40  # characters: of a page, and of one text of it


@dataclass(frozen=True)
class SentReplyLine:
    """One reply of a page: its text, and what is said beside or instead of it."""

    row: ReviewRow
    fan: str  # their name
    text: str | None
    more: str = ""


@dataclass(frozen=True)
class SentReplyPage:
    """All that a page says."""

    wish: SentRepliesWish
    lines: Sequence[SentReplyLine]
    handles: Mapping[CreatorId, str]
    guild: DiscordId | None  # of the reader: links lead there alone
    number: int | None  # how many fit; None: the reader may not know
    bought: str | None
    cut: bool
    newer: str | None
    older: str | None
    has_file: bool = False
    left_out: bool = False  # creators of whom the reader sees no figures


def page(shown: SentReplyPage, shown_to: ShownTo) -> Post:
    """One page; each text is covered."""
    heads = [_head(line, shown, shown_to) for line in shown.lines]
    if sum(map(len, heads)) > _ROOM - _SHORTEST * len(heads):
        heads = [_head(line, shown, shown_to, brief=True) for line in shown.lines]
    left = (_ROOM - sum(map(len, heads))) // max(len(heads), 1)
    room = max(min(left, _LONGEST), _SHORTEST)
    body = tuple(f"{head}\n{_text(line, room)}" for head, line in zip(heads, shown.lines, strict=True))
    return Post(
        title=tr("What was sent"),
        body=body or (tr(NONE),),
        small=_small(shown),
        accent=TEAM_COLOUR if body else QUIET_COLOUR,
        buttons=turns(TURN, shown.newer, shown.older),
    )


def turns(action: str, newer: str | None, older: str | None) -> tuple[Button, ...]:
    """The buttons under a page."""
    back = () if newer is None else (Button(action, newer, tr("Back")),)
    return back if older is None else (*back, Button(action, older, tr("More")))


def price(row: ReviewRow, shown_to: ShownTo) -> str:
    """A price and whether it was paid, as exactly as the reader sees figures."""
    cents = row.reply.price
    if cents is None or row.money is MoneyView.HIDDEN:
        return ""
    said = shown_to(row.money).money(cents)
    if row.money is MoneyView.BANDED or row.reply.taken_back:
        return said
    return f"{said}, {tr('bought') if row.reply.bought else tr('not bought')}"


def link(reply: SentReply, guild: DiscordId | None) -> str:
    """The way to a reply, where it stands on this server."""
    if reply.place is None or reply.place[0] != guild:
        return ""
    return "https://discord.com/channels/{}/{}/{}".format(*reply.place)


def numbered(number: int, rows: int | None) -> str:
    """The page's number; of how many, where that may be told."""
    if rows is None:
        return tr("page {number}", number=number + 1)
    pages = max(-(-rows // PAGE), 1)
    if pages == 1:
        return tr("{rows} in all", rows=number_text(rows))
    return tr(
        "{rows} in all, page {number} of {pages}", rows=number_text(rows), number=number + 1, pages=pages
    )


def _head(line: SentReplyLine, shown: SentReplyPage, shown_to: ShownTo, *, brief: bool = False) -> str:
    """`brief`: of a draft only that there was one; the file has all of it."""
    row = line.row
    reply = row.reply
    of = f" (@{safe(shown.handles.get(reply.creator, ''))})" if len(shown.handles) > 1 else ""
    said = [f"<t:{reply.at // 1000}:f>", f"<@{reply.member}> → **{line.fan}**{of}"]
    if reply.waited is not None:
        said.append(tr("after {wait}", wait=lasting(reply.waited)))
    mark = mark_of(reply.drafted)
    if mark is not None:
        said.append(tr("from a draft") if brief else drafted_by(mark))
    if mark is not None and mark.editor is not None and not brief:
        said.append(tr("edited by <@{editor}>", editor=mark.editor))
    if reply.taken_back:
        said.append(tr("taken back"))
    way = link(reply, shown.guild)
    return " · ".join(filter(None, [*said, price(row, shown_to)])) + (f"\n{way}" if way else "")


def _text(line: SentReplyLine, room: int) -> str:
    if line.text is None:
        return f"_{line.more or tr('no text')}_"
    first, *rest = parts_of(" ".join(line.text.split()), room)
    said = f"||{safe(first.rstrip())}{' …' if rest else ''}||"
    return f"{said} · {line.more}" if line.more else said


def _small(shown: SentReplyPage) -> str:
    wish = shown.wish
    chosen = [tr(PERIODS[wish.days])]
    if wish.member is not None:
        chosen.append(tr("by <@{member}>", member=wish.member))
    if wish.priced is not None:
        chosen.append(tr("with a price") if wish.priced else tr("without a price"))
    if wish.slower is not None:
        chosen.append(tr("after {slower} min or more", slower=wish.slower))
    chosen += filter(None, [tr(_ORDERS[wish.order]), numbered(wish.number, shown.number)])
    notes = [" · ".join(chosen), shown.bought, tr(_COUNTED)]
    if shown.left_out:
        notes.append(tr("Creators whose figures you can't see are left out here."))
    if shown.cut:
        notes.append(
            tr("There is more than we can check: these are only the newest. A shorter time shows all of it.")
        )
    if shown.has_file:
        notes.append(tr("The file has everything, without texts. Leave `as_file:` out to turn pages."))
    return "\n".join(filter(None, notes))
