"""What is typed under /inbox pings, and the answer."""

from storage.database import Transaction
from storage.inbox import pings
from storage.inbox.pings import PingChoice, PingMode
from tests.features.inbox.claims.claims_scenario import NINA, OTTO
from tests.features.inbox.pings.pings_scenario import PingsScenario
from tests.relay.relay_scenario import CREATOR


async def test_what_is_typed_is_kept_and_what_is_not_stays(team: PingsScenario) -> None:
    never = await team.choose(NINA)
    first = await team.choose(NINA, PingMode.MESSAGES)
    quiet = await team.choose(NINA, quiet_from="22:00", quiet_to="8", zone="europe/berlin")
    mine = await team.choose(NINA, PingMode.MINE)
    shown = await team.choose(NINA)
    other = await team.choose(OTTO)

    assert never == other
    assert "You get no pings" in never
    assert "every message, at most one a minute" in first
    assert "Quiet from 22:00 to 08:00 (Europe/Berlin)." in quiet
    assert shown == mine
    assert "Quiet from 22:00" in mine
    assert await _kept(team) == PingChoice(CREATOR, NINA, PingMode.MINE, 22 * 60, 8 * 60, "Europe/Berlin")


async def test_the_same_time_twice_ends_quiet_hours(team: PingsScenario) -> None:
    await team.choose(NINA, PingMode.MESSAGES, quiet_from="22:00", quiet_to="8:00")
    ended = await team.choose(NINA, quiet_from="0:00", quiet_to="0:00")

    assert "Quiet from" not in ended


async def test_what_cannot_be_read_changes_nothing_and_says_what_to_write(team: PingsScenario) -> None:
    nothing_yet = await team.choose(NINA, quiet_from="22:00", quiet_to="8:00")
    await team.choose(NINA, PingMode.MESSAGES)
    odd = await team.choose(NINA, quiet_from="late", quiet_to="8:00")
    half = await team.choose(NINA, quiet_from="22:00")
    nowhere = await team.choose(NINA, zone="Atlantis/Centre")

    assert "/inbox pings mode:" in nothing_yet
    assert "is not a time of day" in odd
    assert "need both ends" in half
    assert "is not a time zone" in nowhere
    assert await _kept(team) == PingChoice(CREATOR, NINA, PingMode.MESSAGES)


async def _kept(team: PingsScenario) -> PingChoice | None:
    async def read(tx: Transaction) -> PingChoice | None:
        return await pings.get(tx, CREATOR, NINA)

    return await team.database.read(read)
