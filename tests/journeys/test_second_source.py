"""With webhooks off, late or gone: everything arrives all the same, and once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import tally
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import staged
from tests.database_place import settings_in
from tests.journeys.conftest import SPEED
from tests.journeys.test_replying import PATIENCE, reply, thread_with
from tests.warm_bridge import WarmProgram

# Undivided seconds: in this play the bridge looks once a second, and silence is eight seconds.
SWEEPS = {"SWEEP_SECONDS": "4", "SWEEP_SILENT_SECONDS": "4", "SILENCE_SECONDS": "32"}


@pytest.fixture(params=["/v1", ""], ids=["v1", "unversioned"])
async def quick(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[EveningPlay]:
    """Luna has linked; the bridge looks by itself every second, on either surface of Fanvue's API."""
    more = {"FANVUE_API_PREFIX": request.param, **SWEEPS, **settings_in(tmp_path)}
    async with staged(tmp_path, WarmProgram, speed=SPEED, seed=11, **more) as stage:
        said: list[str] = []
        play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), said.append)
        await play.open_house()
        yield play
        assert stage.discord.contract_errors == []
        assert stage.discord.ledger.of("mentions_allowed") == []
        assert stage.fanvue.contract_errors == []


def lines(play: EveningPlay, words: str) -> int:
    """How many lines of all threads say this."""
    world = play.stage.discord.world
    texts = [
        message.text.replace("\\", "")
        for thread in world.threads(play.stage.guild.id)
        for message in world.messages.get(thread.id, {}).values()
        if not message.deleted
    ]
    return sum(words in text for text in texts)


def alerts(play: EveningPlay, words: str) -> int:
    """How often the alerts channel says this; several alerts may share a message."""
    return sum(message.text.count(words) for message in tally.alerts(play.stage))


async def swept(play: EveningPlay, times: int = 2) -> None:
    """Return when the bridge has begun so many further sweeps: whatever the last one found is kept."""
    ledger = play.stage.fanvue.ledger

    def begun() -> int:
        return sum("/chats" in e["path"] and e["path"].endswith("/chats") for e in ledger.of("request"))

    before = begun()
    await play.stage.fanvue.world.until(lambda: begun() > before + times, PATIENCE)


async def test_without_webhooks_every_message_arrives_and_none_twice_when_they_come_back(
    quick: EveningPlay,
) -> None:
    stage = quick.stage
    webhooks = stage.fanvue.faults.webhooks
    webhooks.off = True
    fans = list(stage.fans.items())[:6]
    for number in range(5):
        for handle, fan in fans:
            await fan.write(f"dark {number} of {handle}")
    for handle, _fan in fans:
        for number in range(5):
            await thread_with(quick, handle, f"dark {number} of {handle}")

    webhooks.off = False
    for handle, fan in fans:
        await fan.write(f"light of {handle}")
        await thread_with(quick, handle, f"light of {handle}")
    await swept(quick)

    counted = {
        f"{kind} of {handle}": lines(quick, f"{kind} of {handle}")
        for handle, _fan in fans
        for kind in ("light", *(f"dark {number}" for number in range(5)))
    }
    assert counted == dict.fromkeys(counted, 1)
    assert all(not message.read for _handle, fan in fans for message in fan.chat() if message.from_fan)


async def test_what_the_creator_writes_elsewhere_appears_labelled_and_own_replies_do_not(
    quick: EveningPlay,
) -> None:
    stage = quick.stage
    stage.fanvue.faults.webhooks.off = True
    fan = stage.fans["sam_k"]
    await fan.write("anybody?")
    thread = await thread_with(quick, "sam_k", "anybody?")

    await reply(quick, thread, text="from the team")
    await thread_with(quick, "sam_k", "✓ Sent")
    stage.fanvue.world.write_as_creator(fan, "through the site")
    await thread_with(quick, "sam_k", "through the site")
    await swept(quick)

    assert lines(quick, "Sent on Fanvue, not through Discord") == 1
    assert lines(quick, "through the site") == 1
    assert lines(quick, "from the team") == 1


@pytest.mark.parametrize("live", [True, False], ids=["with webhooks", "without webhooks"])
async def test_a_new_subscriber_and_a_tip_are_told_once(quick: EveningPlay, *, live: bool) -> None:
    stage = quick.stage
    stage.fanvue.faults.webhooks.off = not live
    await stage.fans["ines.art"].subscribe()
    await stage.fans["kai.surf"].tip(2500)
    await stage.fans["kai.surf"].tip(2500)
    world = stage.discord.world
    await world.until(lambda: alerts(quick, "A tip") == 2 and alerts(quick, "New subscriber"), PATIENCE)

    await swept(quick)

    assert (alerts(quick, "A tip"), alerts(quick, "New subscriber")) == (2, 1)


async def test_a_silence_is_told_once_and_so_is_its_end(quick: EveningPlay) -> None:
    stage = quick.stage
    webhooks, fan = stage.fanvue.faults.webhooks, stage.fans["sam_k"]
    await fan.write("heard")
    await thread_with(quick, "sam_k", "heard")
    webhooks.off = True
    await fan.write("found one")
    await fan.write("found two")
    world = stage.discord.world
    await world.until(lambda: alerts(quick, "Live events silent since"), PATIENCE * 2)

    webhooks.off = False
    await fan.write("heard again")
    await world.until(lambda: alerts(quick, "2 messages recovered"), PATIENCE)
    await swept(quick)

    assert alerts(quick, "Live events silent since") == 1
    assert alerts(quick, "Live events are back") == 1
    assert lines(quick, "heard again") == 1


async def test_auto_subscribes_by_itself_and_account_tells_what_comes(tmp_path: Path) -> None:
    auto = {"FANVUE_SUBSCRIBE": "auto", "FANVUE_WEBHOOK_SECRETS": ""}
    async with staged(tmp_path, WarmProgram, speed=SPEED, seed=13, **auto, **settings_in(tmp_path)) as stage:
        world = stage.fanvue.world
        stage.fanvue.switches.private_webhook_urls = True
        for app in world.apps.values():
            app.webhook_url = None  # nothing is ticked in the Developer Area
        said: list[str] = []
        play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), said.append)
        await play.open_house()
        await world.until(lambda: world.hooks, PATIENCE)
        await stage.fans["sam_k"].write("heard live")
        await thread_with(play, "sam_k", "heard live")

        answer = await stage.owner.slash(stage.guild, stage.lobby, "account show")
        await answer.done(PATIENCE)
        assert "`creator.message.received` seen <t:" in answer.text
        assert "`creator.payment.succeeded`" in answer.text.partition("Not seen yet")[2]

        asked = await stage.owner.slash(stage.guild, stage.lobby, "account unlink")
        await asked.done(PATIENCE)
        await stage.owner.click(asked.message, "Yes, disconnect")
        await world.until(lambda: not world.hooks, PATIENCE)
