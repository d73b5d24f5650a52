"""Whose each sale is by both rules, made from the ledger and what was sent.

Rule one: who sent the message or the post that was bought. Rule two: who answered the fan last before the
sale, no longer ago than the window. Money that went back is whoever's the sale was that it takes back; where
that one is not known, it is only looked up who sent what is taken back. A sale that was given to somebody
(`storage.credit_moves`) is theirs under both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.credit_moves import HOLDING
from storage.database import Row, Transaction, Value
from storage.records import Cents, CreatorId, DiscordId, FactId, Millis, Pseudonym

# It happens by itself: nobody's answer brought it about.
UNANSWERED = ("renewal",)


@dataclass(frozen=True)
class Wanted:
    """Which sales: of a time (`until` is outside), and those told live that count beside the rows."""

    creator: CreatorId
    since: Millis
    until: Millis
    window: Millis  # for how long an answer counts
    told: Sequence[FactId] = ()


@dataclass(frozen=True)
class Group:
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


# What a line of money is about. Of what went back it is the sale that it takes back, where that is known.
_LINES = """
    lines AS (
        SELECT row_key AS sale, 0 AS told, at, source, gross, net, currency, reverses, fan, message_uuid,
               post_uuid
        FROM earnings WHERE creator_uuid = :creator AND at >= :since AND at < :until AND gone_at IS NULL{one}
        UNION ALL
        SELECT fact_id, 1, at, source, gross, CAST(NULL AS BIGINT), currency,
               CASE WHEN gross < 0 THEN payment_id END, fan, message_uuid, post_uuid
        FROM earnings_told WHERE creator_uuid = :creator AND fact_id IN ({told})
        {cut}),
    back AS MATERIALIZED (
        SELECT lines.*, COALESCE(
                   (SELECT first.row_key FROM earnings AS first
                    WHERE first.creator_uuid = :creator AND first.order_id = lines.reverses
                      AND first.gross >= 0 AND first.reverses IS NULL
                    ORDER BY CASE WHEN first.gone_at IS NULL THEN 0 ELSE 1 END, first.at, first.row_key
                    LIMIT 1),
                   (SELECT COALESCE(first.row_key, first.fact_id) FROM earnings_told AS first
                    WHERE first.creator_uuid = :creator AND first.payment_id = lines.reverses
                      AND first.gross >= 0
                    ORDER BY first.at, first.fact_id LIMIT 1)) AS original
        FROM lines WHERE gross < 0 OR reverses IS NOT NULL),
    about AS (
        SELECT sale, told, at, source, gross, net, currency, fan, 0 AS back, CAST(NULL AS TEXT) AS original,
               at AS began, CASE WHEN source IN ({unanswered}) THEN NULL ELSE fan END AS asked,
               COALESCE(post_uuid, message_uuid) AS item
        FROM lines WHERE gross >= 0 AND reverses IS NULL
        UNION ALL
        SELECT back.sale, back.told, back.at, back.source, back.gross, back.net, back.currency, back.fan, 1,
               back.original, COALESCE(was.at, live.at, back.at),
               CASE WHEN COALESCE(was.source, live.source) IN ({unanswered}) THEN NULL
                    ELSE COALESCE(was.fan, live.fan) END,
               CASE WHEN back.original IS NULL THEN COALESCE(back.post_uuid, back.message_uuid)
                    ELSE COALESCE(was.post_uuid, was.message_uuid, live.post_uuid, live.message_uuid) END
        FROM back LEFT JOIN earnings AS was
             ON was.creator_uuid = :creator AND was.row_key = back.original
        LEFT JOIN earnings_told AS live
             ON live.creator_uuid = :creator AND live.fact_id = back.original)"""
_LAST = """(SELECT said.{column} FROM credit_sent AS said
    WHERE said.creator_uuid = :creator AND said.fan = about.asked AND said.at < about.began
      AND said.at >= about.began - :window ORDER BY said.at DESC, said.item DESC LIMIT 1)"""
_JOINED = """
    FROM about
    LEFT JOIN credit_sent AS sent ON sent.creator_uuid = :creator AND sent.item = about.item
    LEFT JOIN moved AS own ON own.sale = about.sale
    LEFT JOIN moved AS theirs ON theirs.sale = about.original"""
_MOVED = "CASE WHEN own.back = 0 THEN own.{0} WHEN theirs.back = 0 THEN theirs.{0} END"


async def groups(tx: Transaction, wanted: Wanted) -> list[Group]:
    """All sales of a time, added up by whose they are."""
    rows = await tx.all(
        f"""WITH moved AS ({HOLDING}), {_lines(wanted)},
                 whose AS (
                     SELECT COALESCE(currency, '') AS code, gross, net, about.back,
                            {_MOVED.format("id")} AS move, {_MOVED.format("member")} AS given,
                            sent.member AS sender,
                            {_LAST.format(column="member")} AS last {_JOINED}),
                 given AS (
                     SELECT code, gross, net, back, CASE WHEN move IS NULL THEN 0 ELSE 1 END AS moved,
                            CASE WHEN move IS NULL THEN sender ELSE given END AS sender,
                            CASE WHEN move IS NULL THEN last ELSE given END AS last FROM whose)
            SELECT sender, last, code, moved, back, SUM(gross) AS gross, SUM(COALESCE(net, 0)) AS net,
                   COUNT(*) AS number, SUM(CASE WHEN net IS NULL THEN 1 ELSE 0 END) AS without_net
            FROM given GROUP BY sender, last, code, moved, back""",  # noqa: S608 - constants and names of parameters
        **_given(wanted),
    )
    return [_group_of(row) for row in rows]


async def sales(tx: Transaction, wanted: Wanted, *, limit: int, skipped: int = 0) -> list[Sale]:
    """The newest sales of a time, at most so many, newest first, without as many as were `skipped`."""
    cut = "ORDER BY at DESC, sale DESC LIMIT :limit OFFSET :skipped"
    return await _sales(tx, wanted, _lines(wanted, cut=cut), limit=limit, skipped=skipped)


async def sale(tx: Transaction, wanted: Wanted, row: str | None) -> Sale | None:
    """One sale by its row's key, within the time; without a key the one told live that is wanted."""
    only = " AND 1 = 0" if row is None else " AND row_key = :row"
    given: dict[str, Value] = {} if row is None else {"row": row}
    found = await _sales(tx, wanted, _lines(wanted, one=only), **given)
    return found[0] if found else None


async def number(tx: Transaction, wanted: Wanted) -> int:
    """How many sales there are."""
    row = await tx.one(
        """SELECT COUNT(*) AS number FROM earnings
           WHERE creator_uuid = :creator AND at >= :since AND at < :until AND gone_at IS NULL""",
        creator=wanted.creator,
        since=wanted.since,
        until=wanted.until,
    )
    return (int(row["number"]) if row else 0) + len(wanted.told)


async def _sales(tx: Transaction, wanted: Wanted, lines: str, **more: Value) -> list[Sale]:
    rows = await tx.all(
        f"""WITH moved AS ({HOLDING}), {lines}
            SELECT about.*, sent.member AS sender, sent.at AS sent_at,
                   sent.kind AS sent_kind, {_LAST.format(column="member")} AS last,
                   {_LAST.format(column="at")} AS last_at, {_MOVED.format("id")} AS move,
                   {_MOVED.format("member")} AS given {_JOINED}
            ORDER BY about.at DESC, about.sale DESC""",
        **_given(wanted),
        **more,
    )
    return [_sale_of(row) for row in rows]


def _lines(wanted: Wanted, *, one: str = "", cut: str = "") -> str:
    told = ", ".join(f":told_{place}" for place in range(len(wanted.told))) or "NULL"
    unanswered = ", ".join(f"'{source}'" for source in UNANSWERED)
    return _LINES.format(one=one, cut=cut, told=told, unanswered=unanswered)


def _given(wanted: Wanted) -> dict[str, Value]:
    return {
        "creator": wanted.creator,
        "since": wanted.since,
        "until": wanted.until,
        "window": wanted.window,
        **{f"told_{place}": fact for place, fact in enumerate(wanted.told)},
    }


def _group_of(row: Row) -> Group:
    return Group(
        sender=_member(row["sender"]),
        last=_member(row["last"]),
        currency=row["code"],
        moved=bool(row["moved"]),
        back=bool(row["back"]),
        gross=int(row["gross"]),
        net=int(row["net"]),
        number=int(row["number"]),
        without_net=int(row["without_net"]),
    )


def _sale_of(row: Row) -> Sale:
    return Sale(
        key=row["sale"],
        told=bool(row["told"]),
        at=row["at"],
        source=row["source"],
        gross=row["gross"],
        net=row["net"],
        currency=row["currency"],
        fan=Pseudonym(row["fan"]) if row["fan"] is not None else None,
        back=bool(row["back"]),
        sender=_member(row["sender"]),
        sent_at=row["sent_at"],
        sent_kind=row["sent_kind"],
        last=_member(row["last"]),
        last_at=row["last_at"],
        began=row["began"],
        known=row["original"] is not None,
        move=row["move"],
        given=_member(row["given"]),
    )


def _member(found: int | None) -> DiscordId | None:
    return None if found is None else DiscordId(found)
