"""An account that somebody else has connected: refused, and its owner told (F4)."""

import sqlite3
from contextlib import closing

import pytest

from bot.sandbox.discord.people import DiscordPerson
from tests.features.people.account_links.conftest import signed_in
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_second_owner_is_refused_and_the_first_is_told_privately_and_in_the_alerts(
    house: LiveBridge,
) -> None:
    mara, luna = house.stage.members["mara"], house.stage.creator
    answer = await signed_in(house, luna, by=mara)

    pressed = await mara.click(answer.message, "Yes, connect")
    await pressed.says(
        "Another Discord user already connected this Fanvue account, so nothing changed", PATIENCE
    )

    (told,) = await house.owner_told(1)
    assert "If you don't trust them, change the password on Fanvue" in told
    await house.alerted("If you don't trust them, change the password on Fanvue")
    (link,) = house.rows("SELECT discord_user FROM links WHERE state <> 'closed'")
    assert link["discord_user"] == house.stage.owner.user.id
    assert len(house.rows("SELECT * FROM tokens")) == 1
    await house.stored(lambda: not house.rows("SELECT * FROM revocations WHERE refresh_ct IS NOT NULL"))
    assert len(house.stage.fanvue.ledger.of("token.revoked")) == 1


async def test_account_shows_nobody_elses_connection(house: LiveBridge) -> None:
    theo = house.stage.members["theo"]
    account = await theo.slash(house.stage.guild, house.stage.lobby, "account show")
    await account.done(PATIENCE)

    assert account.ephemeral
    assert "luna" not in account.text.lower()


async def test_whoever_writes_themselves_into_the_database_owns_nothing(house: LiveBridge) -> None:
    """Nor does the owner until the row is as it was signed; it is counted, and logged once."""
    theo, owner = house.stage.members["theo"], house.stage.owner

    async def account(who: DiscordPerson) -> str:
        answer = await who.slash(house.stage.guild, house.stage.lobby, "account show")
        return (await answer.done(PATIENCE)).text

    def belongs_to(who: DiscordPerson) -> None:
        with closing(sqlite3.connect(house.database, timeout=30)) as connection, connection:
            connection.execute("UPDATE links SET discord_user = ? WHERE state <> 'closed'", (who.user.id,))

    nobody = await account(theo)
    belongs_to(theo)
    theirs, hers = await account(theo), await account(owner)
    belongs_to(owner)
    again = await account(owner)

    assert theirs == hers == nobody
    assert "luna" in again.lower()
    assert house.log.count("a row of links was changed by hand, so it counts as not there") == 1
    _, metrics = await house.admin("metrics")
    assert 'bridge_rights_refused_total{table="links"}' in metrics


async def test_a_server_that_is_not_served_gets_one_sentence(house: LiveBridge) -> None:
    """To whatever is asked there by command or button, and nothing is done."""
    stage, before = house.stage, house.rows("SELECT COUNT(*) AS number FROM tickets")
    asked = await stage.owner.slash(stage.guild, stage.lobby, "account unlink")
    await asked.done(PATIENCE)

    await house.restart(DISCORD_SERVERS="1 2")
    linking = await stage.owner.slash(stage.guild, stage.lobby, "link")
    await linking.says("doesn't serve this server", PATIENCE)
    pressed = await stage.owner.click(asked.message, "Yes, disconnect")
    await pressed.says("doesn't serve this server", PATIENCE)
    await house.restart(DISCORD_SERVERS=f"1,{stage.guild.id}")
    served = await stage.owner.slash(stage.guild, stage.lobby, "account show")

    assert "luna" in (await served.done(PATIENCE)).text.lower()
    assert house.rows("SELECT COUNT(*) AS number FROM tickets") == before
    assert house.rows("SELECT state FROM links WHERE state <> 'closed'") == [{"state": "active"}]
