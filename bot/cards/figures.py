"""A fan's figures: what they paid and were offered, as exactly as one may see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.access.roles import Money
from bot.relay.compose import ReplyRefused
from bot.relay.ports import Post
from bot.relay.pseudonyms import Pseudonyms
from bot.relay.render import fan_label
from bot.relay.replies import NOT_HERE
from storage import fans, spending, threads
from storage.database import Database, Transaction
from storage.records import Cents, DiscordId, Fan
from storage.spending import Offered, Spent

_SOURCES = 12  # shown one by one
_SINCE = "Counted from what Fanvue has told this bridge; what was paid before it was linked may be missing."


class Show(Protocol):
    """How exactly figures are shown."""

    @property
    def note(self) -> str | None:
        """What a reader must know of it."""

    def money(self, cents: Cents, currency: str | None = None) -> str:
        """An amount in words."""

    def many(self, count: int, what: str) -> str:
        """How many of something."""


@dataclass(frozen=True)
class Words:
    """How figures are told everywhere else, too."""

    shown_to: Callable[[Money], Show]
    source_of: Callable[[str], str]


class FanFigures:
    """Reads when asked, and keeps nothing. Who may was asked before."""

    def __init__(self, *, database: Database, pseudonyms: Pseudonyms, words: Words) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._words = words

    async def of(self, channel: DiscordId, level: Money) -> Post:
        """Those of the fan whose thread this is. Raises ReplyRefused where it is nobody's.

        `level`: never `HIDDEN`; whoever sees no figures may not ask.
        """

        async def work(tx: Transaction) -> tuple[Fan, Sequence[Spent], Offered]:
            thread = await threads.by_discord(tx, channel)
            fan = await fans.get(tx, thread.creator, thread.fan) if thread is not None else None
            if thread is None or fan is None:
                raise ReplyRefused(NOT_HERE)
            known = await self._pseudonyms.known(tx, thread.creator, thread.fan)
            spent = await spending.by_source(tx, thread.creator, known) if known is not None else []
            return fan, spent, await spending.offered(tx, thread.creator, thread.fan)

        return figures(*await self._database.read(work), self._words.shown_to(level), self._words.source_of)


def figures(
    fan: Fan, spent: Sequence[Spent], offered: Offered, show: Show, source_of: Callable[[str], str]
) -> Post:
    """What is told of one fan (pure)."""
    body = _spent(spent, show, source_of) + _offered(offered, show)
    untold = sum(one.untold for one in spent)
    notes = [_SINCE]
    if untold:
        notes.append(f"For {show.many(untold, 'payment')} Fanvue told no amount: they are not in the sums.")
    if show.note is not None:
        notes.append(show.note)
    return Post(title=f"Figures of {fan_label(fan)}", body=("\n".join(body),), small="\n".join(notes))


def _spent(spent: Sequence[Spent], show: Show, source_of: Callable[[str], str]) -> list[str]:
    if not spent:
        return ["Fanvue has told this bridge of no payment by this fan."]
    last = max(one.last for one in spent)
    total = show.money(sum(one.gross for one in spent))
    lines = [f"Paid **{total}** in {show.many(sum(one.count for one in spent), 'payment')}"]
    lines += [
        f"{source_of(one.source)}: {show.money(one.gross)} ({show.many(one.count, 'payment')})"
        for one in spent[:_SOURCES]
    ]
    if len(spent) > _SOURCES:
        lines.append("… and more sources")
    return [*lines, f"Last payment <t:{last // 1000}:f>"]


def _offered(offered: Offered, show: Show) -> list[str]:
    if not offered.sent:
        return ["No message with a price has been sent to them."]
    sent, bought = show.many(offered.sent, "message"), show.many(offered.bought, "message")
    lines = [f"Messages with a price: {sent} sent, {bought} bought"]
    if offered.last_sent is not None:
        lines.append(f"Last one sent <t:{offered.last_sent // 1000}:f>")
    if offered.last_bought is not None:
        lines.append(f"Last one bought <t:{offered.last_bought // 1000}:f>")
    return lines
