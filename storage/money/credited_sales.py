"""The seller of each sale by both rules, from the ledger and the items sent.

Rule one: the sender of the message or the post that was bought. Rule two: the last to answer the fan before
the sale, no longer ago than the window. Money that went back belongs to the seller of the sale that it takes
back; where that one is not known, only the sender of the item taken back is looked up. A sale that was given
to somebody (`storage.money.credit_moves`) is theirs under both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Row, Transaction, Value
from storage.money.credit_lines import BY_ITSELF, JOINED, LINES, MOVED, SENT, SPECIAL, last, plain_last
from storage.money.credit_moves import HOLDING
from storage.records import Cents, CreatorId, DiscordId, FactId, Millis, Pseudonym
from storage.rows import record_of


@dataclass(frozen=True)
class SaleFilter:
    """A choice of sales: of a time (`until` is outside), and those told live that count beside the rows."""

    creator: CreatorId
    since: Millis
    until: Millis
    window: Millis  # for how long an answer counts
    told: Sequence[FactId] = ()


@dataclass(frozen=True)
class SaleGroup:
    """Sales that are the same people's, added up."""

    sender: DiscordId | None
    last: DiscordId | None
    currency: str  # as Fanvue names it, '' where it does not
    moved: bool
    back: bool  # money that went back
    gross: Cents
    net: Cents
    number: int
    without_net: int


@dataclass(frozen=True)
class Sale:
    """One line of the ledger, and whose it is."""

    key: str  # of its row, or the fact that told of it
    told: bool  # live only: it has no row yet
    at: Millis
    source: str
    gross: Cents
    net: Cents | None
    currency: str | None
    fan: Pseudonym | None
    back: bool
    sender: DiscordId | None  # by rule one
    sent_at: Millis | None  # None: nothing is known to be sent here that was bought
    sent_kind: str | None
    last: DiscordId | None  # by rule two
    last_at: Millis | None  # None: nobody answered within the window
    began: Millis  # of money that went back: when the sale was that it takes back; else its own time
    known: bool  # of money that went back: whether that sale is known
    move: str | None = None  # the id of the line that gives it to somebody
    given: DiscordId | None = None  # to whom that gives it; None: to nobody
    copy: bool = False  # what was bought is a fan's copy of a mass message


async def groups(tx: Transaction, wanted: SaleFilter) -> list[SaleGroup]:
    """All sales of a time, added up by whose they are.

    Those whose credit is not their own are few, and looked at one by one: the rest is one sum.
    """
    rows = await tx.all(
        f"""WITH whose AS MATERIALIZED (
                SELECT COALESCE(about.currency, '') AS code, about.gross, about.net, sent.member AS sender,
                       {plain_last("member")} AS last
                FROM earnings AS about {SENT.format(item="COALESCE(about.post_uuid, about.message_uuid)")}
                WHERE about.creator_uuid = :creator AND about.at >= :since AND about.at < :until
                  AND about.gone_at IS NULL AND NOT {SPECIAL})
            SELECT sender, last, code, SUM(gross) AS gross, SUM(COALESCE(net, 0)) AS net, COUNT(*) AS number,
                   SUM(CASE WHEN net IS NULL THEN 1 ELSE 0 END) AS without_net
            FROM whose GROUP BY sender, last, code""",  # noqa: S608 - constants
        **vars(wanted),
    )
    special = await _sales(tx, wanted, _lines(wanted, one=f" AND {SPECIAL}"))
    return [*map(_group_of, rows), *map(_alone, special)]


async def sales(tx: Transaction, wanted: SaleFilter, *, limit: int, skipped: int = 0) -> list[Sale]:
    """The newest sales of a time, at most so many, newest first, without as many as were `skipped`."""
    cut = "ORDER BY at DESC, sale DESC LIMIT :limit OFFSET :skipped"
    return await _sales(tx, wanted, _lines(wanted, cut=cut), limit=limit, skipped=skipped)


async def sale(tx: Transaction, wanted: SaleFilter, row: str | None) -> Sale | None:
    """One sale by its row's key, within the time; without a key the one told live that is wanted."""
    only = " AND 1 = 0" if row is None else " AND row_key = :row"
    given: dict[str, Value] = {} if row is None else {"row": row}
    found = await _sales(tx, wanted, _lines(wanted, one=only), **given)
    return found[0] if found else None


async def number(tx: Transaction, wanted: SaleFilter) -> int:
    """Count the sales."""
    row = await tx.one(
        """SELECT COUNT(*) AS number FROM earnings
           WHERE creator_uuid = :creator AND at >= :since AND at < :until AND gone_at IS NULL""",
        **vars(wanted),
    )
    return (int(row["number"]) if row else 0) + len(wanted.told)


async def _sales(tx: Transaction, wanted: SaleFilter, lines: str, **more: Value) -> list[Sale]:
    rows = await tx.all(
        f"""WITH moved AS MATERIALIZED ({HOLDING}), {lines}
            SELECT about.*, sent.member AS sender,
                   CASE WHEN sent.item IS NOT NULL THEN COALESCE(copy.at, sent.at) END AS sent_at,
                   sent.kind AS sent_kind, copy.item AS copy,
                   {last("member")} AS last, {last("at")} AS last_at,
                   {MOVED.format("id")} AS move,
                   {MOVED.format("member")} AS given {JOINED}
            ORDER BY about.at DESC, about.sale DESC""",
        **_given(wanted),
        **more,
    )
    return [
        record_of(Sale, row, key=row["sale"], known=row["original"] is not None, copy=row["copy"] is not None)
        for row in rows
    ]


def _lines(wanted: SaleFilter, *, one: str = "", cut: str = "") -> str:
    told = ", ".join(f":told_{place}" for place in range(len(wanted.told))) or "NULL"
    return LINES.format(one=one, cut=cut, told=told, unanswered=BY_ITSELF)


def _given(wanted: SaleFilter) -> dict[str, Value]:
    return {
        "creator": wanted.creator,
        "since": wanted.since,
        "until": wanted.until,
        "window": wanted.window,
        **{f"told_{place}": fact for place, fact in enumerate(wanted.told)},
    }


def _group_of(row: Row) -> SaleGroup:
    return record_of(SaleGroup, row, currency=row["code"], moved=False, back=False)


def _alone(sale: Sale) -> SaleGroup:
    moved = sale.move is not None
    return SaleGroup(
        sender=sale.given if moved else sale.sender,
        last=sale.given if moved else sale.last,
        currency=sale.currency or "",
        moved=moved,
        back=sale.back,
        gross=sale.gross,
        net=sale.net or 0,
        number=1,
        without_net=int(sale.net is None),
    )
