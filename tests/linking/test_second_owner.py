"""An account that somebody else has connected: refused, and its owner told (F4)."""

import pytest

from tests.faults.house import PATIENCE, House
from tests.linking.conftest import signed_in

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_second_owner_is_refused_and_the_first_is_told_privately_and_in_the_alerts(
    house: House,
) -> None:
    mara, luna = house.stage.members["mara"], house.stage.creator
    answer = await signed_in(house, luna, by=mara)

    pressed = await mara.click(answer.message, "Yes, connect")
    await pressed.says("already connected by another Discord user", PATIENCE)

    (told,) = await house.owner_told(1)
    assert "wanted to connect it. Nothing was changed" in told
    await house.alerted("wanted to connect it. Nothing was changed")
    (link,) = house.rows("SELECT discord_user FROM links WHERE state <> 'closed'")
    assert link["discord_user"] == house.stage.owner.user.id
    assert len(house.rows("SELECT * FROM tokens")) == 1
    await house.stored(lambda: not house.rows("SELECT * FROM revocations WHERE refresh_ct IS NOT NULL"))
    assert len(house.stage.fanvue.ledger.of("token.revoked")) == 1


async def test_account_shows_nobody_elses_connection(house: House) -> None:
    theo = house.stage.members["theo"]
    account = await theo.slash(house.stage.guild, house.stage.lobby, "account")
    await account.done(PATIENCE)

    assert account.ephemeral
    assert "luna" not in account.text.lower()
