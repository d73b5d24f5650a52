"""Puts a time of Fanvue's list in the place of what the ledger had of it.

Every function is part of the caller's transaction. After it the sums are those of the rows, and no event
is left without its row where exactly one fits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.engine.lasting_pseudonyms import forgotten_at
from bot.engine.pseudonyms import Pseudonyms
from bot.features.money.ledger.fanvue import LedgerSourceListing, LedgerSourceRow
from bot.features.money.ledger.pairing_rules import APART, PaymentPairing, paired
from bot.features.money.ledger.reading_plan import LedgerWindow
from bot.features.money.ledger.row_keys import keyed
from bot.features.money.ledger.zone_rules import local_day, stretches
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Transaction
from storage.money import digests, earning_events, earning_sums, earnings
from storage.money.earnings import LedgerRow
from storage.records import CreatorId, FanId, Millis, Pseudonym


@dataclass(frozen=True)
class LedgerChanges:
    """Counts of rows that are new or changed, that are listed no more, and of all listed."""

    came: int = 0
    gone: int = 0
    rows: int = field(default=0, compare=False)  # how much it was to read is no change


def added(one: LedgerChanges, other: LedgerChanges) -> LedgerChanges:
    return LedgerChanges(one.came + other.came, one.gone + other.gone, one.rows + other.rows)


async def keep(
    tx: Transaction,
    names: Pseudonyms,
    creator: CreatorId,
    window: LedgerWindow,
    listed: LedgerSourceListing,
    *,
    began: Millis,
) -> LedgerChanges:
    """`began`: when the reading began. What could not be read takes nothing away that was there."""
    since, until = window.since, window.until
    zone = await in_zone(tx, creator)
    before = {line.key: line for line in await earnings.between(tx, creator, since=since, until=until)}
    rows = keyed(listed.rows)
    news = {key: row for key, row in rows.items() if key not in before or _changed(before[key], row)}
    fans = await _fans(tx, names, creator, news)
    for key, row in news.items():
        await earnings.put(tx, creator, _line(key, row, fans.get(row.fan) if row.fan else None))
    lost = {} if listed.unreadable else {key: before[key] for key in before.keys() - rows.keys()}
    await earnings.lose(tx, creator, sorted(lost), now=began)
    await earnings.have_read(tx, creator, window.days(), at=began, unreadable=listed.unreadable)
    changed = [row.at for row in news.values()] + [line.at for line in lost.values()]
    await _sum(tx, creator, changed, zone)
    if changed:
        await pair_up(tx, creator, since=since - APART, until=until + APART)
    return LedgerChanges(len(news), len(lost), len(rows))


async def pair_up(tx: Transaction, creator: CreatorId, *, since: Millis, until: Millis) -> PaymentPairing:
    """Join events and rows of a time where exactly one fits; return the pairing."""
    told = await earning_events.alone_between(tx, creator, since=since, until=until)
    rows = await earnings.alone_between(tx, creator, since=since - APART, until=until + APART) if told else []
    found = paired(told, rows)
    await earning_events.pair(tx, creator, found.pairs)
    return found


async def in_zone(tx: Transaction, creator: CreatorId) -> ZoneInfo:
    """The creator's zone, in which the sums are from now on."""
    name = await digests.zone(tx, creator) or DEFAULT_ZONE
    zone = zone_of(name)
    if await earning_sums.zone(tx, creator) == name:
        return zone
    await earning_sums.begin(tx, creator, name)
    reach = await earning_sums.reach(tx, creator)
    if reach is not None:
        await _sum(tx, creator, reach, zone)
    return zone


async def _sum(tx: Transaction, creator: CreatorId, moments: Iterable[Millis], zone: ZoneInfo) -> None:
    """Sum up all days again from the first to the last of these moments."""
    days = {local_day(at, zone) for at in moments}
    if days:
        first, last = min(days), max(days)
        await earning_sums.sum_up(tx, creator, first, last, stretches(first, last, zone))


async def _fans(
    tx: Transaction, names: Pseudonyms, creator: CreatorId, news: Mapping[str, LedgerSourceRow]
) -> dict[FanId, Pseudonym]:
    """The pseudonyms of fans in new rows; none for a fan forgotten since."""
    first: dict[FanId, Millis] = {}
    for row in news.values():
        if row.fan is not None:
            first[row.fan] = min(row.at, first.get(row.fan, row.at))
    found = {}
    for fan, at in first.items():
        forgotten = await forgotten_at(tx, names, creator, fan)
        if forgotten is None or at > forgotten + APART:
            found[fan] = await names.of(tx, creator, fan)
    return found


def _changed(before: LedgerRow, row: LedgerSourceRow) -> bool:
    """Whether Fanvue says another net or status; what it leaves out takes nothing away."""
    return row.net not in {None, before.net} or row.status not in {None, before.status}


def _line(key: str, row: LedgerSourceRow, fan: Pseudonym | None) -> LedgerRow:
    return LedgerRow(
        key=key,
        at=row.at,
        source=row.source,
        gross=row.gross,
        net=row.net,
        currency=row.currency,
        order=row.order,
        reverses=row.reverses,
        fan=fan,
        message=row.message,
        post=row.post,
        status=row.status,
    )
