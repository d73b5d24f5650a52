"""A lead asks how the team does; a chatter may not."""

import pytest

from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")


house = own_house()


async def test_who_answered_and_how_fast_is_shown_to_a_lead_alone(house: LiveBridge) -> None:
    mara, owner, place = house.stage.members["mara"], house.stage.owner, house.stage.guild.channel_ids[0]
    fan = house.fan("Ada")
    thread = await house.greeted(fan)
    await house.also_reply(thread, by="mara", text="hi", media=house.stage.media[0], price="5")
    await house.shows(fan, "✓ Sent")

    denied = await (await mara.slash(house.stage.guild, place, "team figures")).done(PATIENCE)
    shown = await (await owner.slash(house.stage.guild, place, "team figures", as_file=True)).done(PATIENCE)

    assert "You don't have access to this here" in denied.text
    assert shown.ephemeral
    assert f"<@{mara.user.id}>: 1 reply · median wait" in shown.text
    assert "0 of 1 with a price bought" in shown.text
    assert shown.message is not None
    (file,) = shown.message.attachments
    assert file.content.decode().splitlines()[1].startswith(f"'{mara.user.id},")
