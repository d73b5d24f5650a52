"""Further creators of a house: each with an owner of their own, set up and linked."""

import asyncio
from dataclasses import replace

from bot.sandbox.fanvue.records import AccountRecord
from bot.sandbox.play import EveningPlay
from tests.proofs.faults.live_bridge import LiveBridge


async def move_in(house: LiveBridge, number: int) -> AccountRecord:
    """One more creator: the server's owner makes the channels, the creator links."""
    stage = house.stage
    world = stage.discord.world
    owner = world.add_user(f"owner{number}")
    world.add_member(stage.guild, owner)
    name = f"Star {number}"
    creator = stage.fanvue.world.add_creator(f"star{number}", name)
    said = await stage.owner.slash(
        stage.guild, stage.lobby, "setup", team=stage.team.id, **{"creator-name": name}
    )
    await said.done()
    assert "Fans will write in" in said.text
    person = stage.discord.person(owner.id)
    play = EveningPlay(
        replace(stage, owner=person, creator=creator), lambda _s: asyncio.sleep(0), lambda _l: None
    )
    await play.link()
    return creator
