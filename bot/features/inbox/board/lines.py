"""Fans in a list: which belong in it, in which order, and what a line says (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.features.inbox.board.priority import PriorityBand
from bot.model.language import msgid, tr
from bot.text.render import person_label
from bot.text.safe_text import one_line, safe
from storage.inbox.routing_offers import RoutingOffer
from storage.inbox.waiting_fans import WaitingFan
from storage.operations.attention import WaitingEffect
from storage.records import CreatorId, DiscordId, FanId, Millis

VIP_MARK = "⭐ "
_HANDLE = 40


@dataclass(frozen=True)
class BoardLine:
    """One fan as a list shows them."""

    creator: CreatorId
    fan: FanId
    label: str  # Markdown, made safe
    since: Millis | None  # when the oldest unanswered message was sent, or what asks for a person began
    band: PriorityBand = PriorityBand.USUAL
    holder: DiscordId | None = None  # who answers now
    owner: DiscordId | None = None  # who answered last
    snoozed_until: Millis | None = None
    offered: RoutingOffer | None = None  # to whom it is offered first, now
    asks: bool = False  # something of this fan's needs a person's decision
    guild: DiscordId | None = None
    thread: DiscordId | None = None

    @property
    def unanswered(self) -> bool:
        """Whether the fan waits in sight."""
        return self.since is not None and self.snoozed_until is None and not self.asks


class BoardList(Enum):
    """The lists that a member can choose; the value begins the reference of its buttons."""

    UNANSWERED = "u"
    MINE = "m"
    VIP = "v"
    SNOOZED = "s"
    ATTENTION = "a"


LABELS = {
    BoardList.UNANSWERED: msgid("Unanswered"),
    BoardList.MINE: msgid("Mine"),
    BoardList.VIP: msgid("VIP"),
    BoardList.SNOOZED: msgid("Snoozed"),
    BoardList.ATTENTION: msgid("Needs a decision"),
}


def line_of(
    one: WaitingFan, band: PriorityBand, *, now: Millis, offered: RoutingOffer | None = None
) -> BoardLine:
    """The line of one talk."""
    talk = one.talk
    return BoardLine(
        creator=talk.creator,
        fan=talk.fan,
        label=person_label(talk.fan, one.display_name, one.handle, digits=one.mistakable),
        since=talk.waiting_since,
        band=band,
        holder=talk.holder(now),
        owner=talk.owner,
        snoozed_until=talk.snoozed_until if talk.snoozed(now) else None,
        offered=offered,
        guild=one.guild,
        thread=one.thread,
    )


def asking(rows: Iterable[WaitingEffect]) -> list[BoardLine]:
    """One line for each fan of whom something needs a person's decision."""
    found: dict[FanId, BoardLine] = {}
    for row in rows:
        if row.fan is not None:
            line = BoardLine(
                creator=row.creator,
                fan=row.fan,
                label=person_label(row.fan, row.display_name, row.handle, digits=row.mistakable),
                since=row.since,
                asks=True,
                guild=row.guild,
                thread=row.thread,
            )
            found.setdefault(row.fan, line)
    return list(found.values())


def belonging(lines: Iterable[BoardLine], which: BoardList, member: DiscordId) -> list[BoardLine]:
    """Those of the lines that belong into this list of this member's."""
    return [line for line in lines if _belongs(line, which, member)]


def _belongs(line: BoardLine, which: BoardList, member: DiscordId) -> bool:
    if which is BoardList.ATTENTION:
        return line.asks
    if which is BoardList.SNOOZED:
        return line.snoozed_until is not None
    if which is BoardList.VIP:
        return line.unanswered and line.band is PriorityBand.VIP
    if which is BoardList.MINE:
        held = line.holder == member and not line.asks
        offered = line.offered is not None and line.offered.member == member
        return held or (line.unanswered and (offered or line.owner == member))
    return line.unanswered


def ordered(lines: Iterable[BoardLine], *, now: Millis) -> list[BoardLine]:
    """The heaviest first: how long somebody waits, times what a minute of theirs counts for."""

    def weight(line: BoardLine) -> Millis:
        return 0 if line.since is None else (now - line.since) * line.band

    return sorted(lines, key=lambda line: (-weight(line), line.creator, line.fan))


def text_of(line: BoardLine, *, of: str | None = None, reader: DiscordId | None = None) -> str:
    """Write out a line; `of`: the creator's handle, in a list about several. `reader`: who alone reads it."""
    # Translators: follows the fan's name.
    whose = tr(" of @{handle}", handle=safe(one_line(of, _HANDLE))) if of is not None else ""
    said = [f"{VIP_MARK if line.band is PriorityBand.VIP else ''}{_way(line) or f'**{line.label}**'}{whose}"]
    if line.since is not None:
        since = line.since // 1000
        # Translators: what needs a decision came up then, such as "3 hours ago"; below: the fan wrote then.
        came = (
            tr("came up <t:{since}:R>", since=since) if line.asks else tr("wrote <t:{since}:R>", since=since)
        )
        said.append(came)
    if line.snoozed_until is not None:
        # Translators: the snoozed fan comes back then, such as "in 3 hours".
        said.append(tr("back <t:{until}:R>", until=line.snoozed_until // 1000))
    if line.holder is not None:
        said.append(_answering(line.holder, reader))
    elif line.offered is not None:
        said.append(_offered(line.offered, reader))
    return " · ".join(said)


def _answering(holder: DiscordId, reader: DiscordId | None) -> str:
    return tr("you are answering") if holder == reader else tr("<@{holder}> is answering", holder=holder)


def _offered(offer: RoutingOffer, reader: DiscordId | None) -> str:
    until = offer.until // 1000
    if offer.member == reader:
        return tr("offered to you until <t:{until}:t>", until=until)
    return tr("offered to <@{member}> until <t:{until}:t>", member=offer.member, until=until)


def _way(line: BoardLine) -> str:
    """Link the thread; Discord shows its name for such an address, so the fan's is not said again."""
    if line.guild is None or line.thread is None:
        return ""
    return f"https://discord.com/channels/{line.guild}/{line.thread}"


def counted(lines: Sequence[BoardLine], member: DiscordId) -> dict[BoardList, int]:
    """Count each list's lines for this member."""
    return {which: len(belonging(lines, which, member)) for which in BoardList}
