"""All lines together are what /money earnings says: pending, alike, gone back."""

from bot.access.roles import MoneyView
from bot.features.money.credit.sales_reader import HOUR, CreditSalesReader
from bot.features.money.credit.sums import by_member, total
from bot.features.money.credit.tasks import CreditCollector
from tests.features.money.ledger.ledger_fixtures import comes
from tests.features.money.periods.periods_scenario import PeriodsScenario
from tests.features.money.periods.periods_scenario import opened as open_bureau
from tests.scenario_fixtures import in_folder

bureau = in_folder(open_bureau)


async def test_the_sums_are_those_of_the_ledger_to_the_cent(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    bureau.evening.server.switches.tips_show_in_chat = False  # nothing tells one tip from another
    gathering = CreditCollector(
        database=bureau.database, names=bureau.effects.trail.pseudonyms, clock=bureau.clock, posted="x"
    )
    reading = CreditSalesReader(bureau.on, ledger=bureau.ledger.books, gathering=gathering, window=24 * HOUR)
    listed, alike = await bureau.fan.tip(1234), await bureau.fan.tip(500)
    await reading.of(bureau.evening.creator, "today", MoneyView.EXACT)
    pending, alike_too = await bureau.fan.tip(777), await bureau.fan.tip(500)
    back = await bureau.fan.refunded(listed.id)
    for one in (pending, back, alike, alike_too):
        await comes(bureau, one)

    lot = await reading.of(bureau.evening.creator, "today", MoneyView.EXACT)
    sums = by_member(await reading.groups(lot))

    (theirs,) = lot.ledgered.sums
    both = total(sums["USD"].values())
    assert lot.ledgered.pending == 2
    assert lot.ledgered.alike == 2
    for part in (both.sent, both.last):
        assert (part.gross, part.net, part.without_net) == (theirs.gross, theirs.net, theirs.without_net)
        assert part.sales + part.backs == theirs.count
    found, number = await reading.sales(lot, limit=10)
    assert len(found) == number == theirs.count
