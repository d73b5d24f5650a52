"""Lines about money outlive a fan: they know a pseudonym, and from the first day."""

from storage.engine.pseudonyms import forget_fan
from tests.relay.relay_scenario import CREATOR, EMMA
from tests.relay.sweep_scenario import SweepScenario, sweeping
from tests.relay.test_sweep_money import row, webhook
from tests.scenario_fixtures import in_folder

swept = in_folder(sweeping)


async def test_no_payment_names_a_fan_whichever_source_told_it(swept: SweepScenario) -> None:
    await webhook(swept, "1", payment="pay_1")
    row(swept, "FV-2", gross=900)
    row(swept, "FV-3", gross=700, fan=None)
    await swept.sweep()
    pseudonyms = swept.effects.trail.pseudonyms
    emma = await swept.database.read(lambda tx: pseudonyms.known(tx, CREATOR, EMMA.id))
    lines = await swept.database.read(lambda tx: tx.all("SELECT * FROM payments ORDER BY gross"))

    assert emma is not None
    assert [line["fan"] for line in lines] == [emma, None, emma]
    assert EMMA.id not in repr(lines)

    await swept.database.write(lambda tx: forget_fan(tx, CREATOR, EMMA.id))

    assert await swept.database.read(lambda tx: tx.all("SELECT * FROM payments ORDER BY gross")) == lines
    assert await swept.database.read(lambda tx: pseudonyms.whose(tx, CREATOR, [emma])) == {}
    await webhook(swept, "4", payment="pay_4", gross=100)  # they are back, as somebody new
    newest = await swept.database.read(lambda tx: tx.one("SELECT fan FROM payments WHERE gross = 100"))
    assert newest is not None
    assert newest["fan"] not in (None, emma)
