"""Scenes in which what came in is read into the ledger, compared, and read anew."""

from collections.abc import Mapping

from bot.sandbox.fanvue.records import PaymentRecord
from tests.database_reader import opened
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again
from tests.proofs.soak.soak_scenario import SoakCreator

_ZONE = "SELECT zone FROM earnings_zones WHERE creator_uuid = :creator"
_ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Africa/Cairo", "America/Lima")
_KEPT = """SELECT COUNT(*) AS number, SUM(gross) AS gross FROM earnings
           WHERE creator_uuid = :creator AND gone_at IS NULL"""
_SUMMED = "SELECT SUM(number) AS number, SUM(gross) AS gross FROM earnings_sums WHERE creator_uuid = :creator"


async def _asks(bench: CrashpointScenario, command: str, **values: str) -> str:
    """The owner asks about money; what she reads."""
    house = bench.house()
    answer = await house.owner.slash(house.guild, house.lobby, command, **values)
    return (await answer.done(PATIENCE)).text


async def _reads(bench: CrashpointScenario) -> None:
    """A tip is told and listed; every day is to be read anew, and today at once."""
    await bench.fan().tip(321)
    await _asks(bench, "money rebuild")
    await _asks(bench, "money earnings", period="30")


async def _agree(bench: CrashpointScenario) -> None:
    """However often it died: each row once, and the sums are those of the rows."""
    await begin_again(bench, _reads)
    await bench.quiet()
    house = bench.house()
    listed = _listed(bench, house)
    theirs = {"number": len(listed), "gross": sum(payment.gross for payment in listed)}
    with opened(bench.town.database) as db:
        for sql in (_KEPT, _SUMMED):
            (ours,) = db.rows(sql, creator=house.creator.uuid)
            found = {"number": int(ours["number"] or 0), "gross": int(ours["gross"] or 0)}
            assert found == theirs, f"the ledger has {found}, Fanvue has {theirs}"


def _listed(bench: CrashpointScenario, house: SoakCreator) -> list[PaymentRecord]:
    payments = bench.town.fanvue.world.payments.values()
    return [payment for payment in payments if payment.creator == house.creator.uuid]


async def _compares(bench: CrashpointScenario) -> None:
    """A creator of her own: within ten minutes a comparison is only repeated."""
    house = bench.town.houses[-1]
    answer = await house.owner.slash(house.guild, house.lobby, "money check")
    await answer.done(PATIENCE)
    agreed = ("All agree to the cent", "**No earnings**")
    assert any(words in answer.text for words in agreed), answer.text


async def _links(bench: CrashpointScenario) -> None:
    await bench.open(await bench.new_house())


async def _compares_again(bench: CrashpointScenario) -> None:
    """The owner whose command met a dead bridge gives it again."""
    await begin_again(bench, _compares)


async def _all_is_read(bench: CrashpointScenario) -> None:
    await _asks(bench, "money earnings", period="30")


async def _asks_elsewhere(bench: CrashpointScenario) -> None:
    """Her days begin in another zone from now on, and she asks at once: no day has to be read for that.

    More than once: whoever reads the present may come first, and then the sums are there already.
    """
    with opened(bench.town.database) as db:
        summed = {row["zone"] for row in db.rows(_ZONE, creator=bench.house().creator.uuid)}
    for zone in [zone for zone in _ZONES if zone not in summed]:
        await _asks(bench, "settings zone", zone=zone)
        await _asks(bench, "money earnings", period="7")


async def _asks_elsewhere_again(bench: CrashpointScenario) -> None:
    await begin_again(bench, _asks_elsewhere)


MONEY: Mapping[str, CrashpointScene] = {
    "money, in another zone": CrashpointScene(
        _asks_elsewhere,
        before=_all_is_read,
        mend=_asks_elsewhere_again,
        reaches=("commit/service.LedgerService._found",),
    ),
    "money, read": CrashpointScene(
        _reads,
        mend=_agree,
        reaches=("commit/reader.LedgerReader._kept", "commit/check_service.LedgerCheckService.rebuild/"),
    ),
    "money, compared": CrashpointScene(
        _compares, before=_links, mend=_compares_again, reaches=("commit/checker.LedgerChecker.",)
    ),
}
