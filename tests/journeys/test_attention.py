"""The whole program: what waits is on the board, what is settled goes from it."""

import asyncio
from pathlib import Path

import aiohttp

from bot.sandbox.discord import channels
from bot.sandbox.discord.model import StandInChannel, StandInMessage, StandInOverwrite, walk
from bot.sandbox.discord.permissions import SEND_IN_THREADS
from bot.sandbox.discord.standalone import APPLICATION_ID, TOKEN
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import staged
from tests.database_place import settings_in
from tests.journeys.test_replying import PATIENCE, answered, thread_with
from tests.warm_bridge import WarmProgram

TOO_BIG = 40005


def alerts(play: EveningPlay) -> StandInChannel:
    (channel,) = (one for one in play.stage.discord.world.channels.values() if one.name == "luna-alerts")
    return channel


def lines_of(thread: StandInChannel) -> str:
    """Where lines of a thread are posted."""
    return rf"/channels/{thread.id}/messages$"


def board(play: EveningPlay) -> StandInMessage | None:
    messages = play.stage.discord.world.messages.get(alerts(play).id, {}).values()
    found = [message for message in messages if "This needs your attention" in message.text]
    assert len(found) <= 1
    return found[0] if found else None


async def shown(play: EveningPlay, words: str) -> StandInMessage:
    """The board, once it says this."""

    def there() -> StandInMessage | None:
        found = board(play)
        return found if found is not None and words in found.text else None

    found = await play.stage.discord.world.until(there, PATIENCE)
    assert found is not None
    return found


async def gone(play: EveningPlay) -> bool:
    return await play.stage.discord.world.until(lambda: board(play) is None, PATIENCE)


async def test_a_refused_line_is_on_the_board_and_posted_by_a_click_there(play: EveningPlay) -> None:
    fan = play.stage.fans["sam_k"]
    thread = await answered(play, "sam_k", "hello")
    play.stage.discord.faults.refuse("POST", lines_of(thread), TOO_BIG)
    await fan.write("a huge word")
    message = await shown(play, "too big for Discord")
    mara = play.stage.members["mara"]

    listed = await mara.slash(play.stage.guild, play.stage.lobby, "inbox problems")
    await listed.done(PATIENCE)
    clicked = await mara.click(message, "1: It wasn't posted, post it again")
    await clicked.done(PATIENCE)
    await thread_with(play, "sam_k", "a huge word")

    assert listed.ephemeral
    assert "too big for Discord" in listed.text
    assert str(thread.id) in listed.text
    assert "On its way again." in clicked.text
    assert await gone(play)
    late = await mara.click(listed.message, "1: Keep as is")
    await late.done(PATIENCE)
    assert f"<@{mara.user.id}> had it done again" in late.text


async def test_a_deleted_board_comes_back_and_survives_a_kill(play: EveningPlay) -> None:
    fan = play.stage.fans["sam_k"]
    thread = await answered(play, "sam_k", "hello")
    play.stage.discord.faults.refuse("POST", lines_of(thread), TOO_BIG)
    await fan.write("a huge word")
    message = await shown(play, "too big for Discord")

    await delete(play, message)
    again = await shown(play, "too big for Discord")
    await play.stage.bridge.kill()
    await delete(play, again)
    await play.stage.bridge.start()
    third = await shown(play, "too big for Discord")

    assert len({message.id, again.id, third.id}) == 3


async def delete(play: EveningPlay, message: StandInMessage) -> None:
    async with call() as session:
        url = f"{play.stage.discord.api_url}/channels/{message.channel_id}/messages/{message.id}"
        async with session.delete(url) as answer:
            assert answer.status == 204


def call() -> aiohttp.ClientSession:
    """Calls with the bot's own token, as another process would make them."""
    return aiohttp.ClientSession(headers={"Authorization": f"Bot {TOKEN}"})


async def test_a_lost_permission_pauses_and_its_return_is_noticed_without_a_wait(play: EveningPlay) -> None:
    fan = play.stage.fans["sam_k"]
    thread = await answered(play, "sam_k", "hello")
    world = play.stage.discord.world
    forum = world.channel(thread.parent_id or 0)
    own = forum.overwrites[APPLICATION_ID]
    forum.overwrites[APPLICATION_ID] = StandInOverwrite(
        own.id, own.type, own.allow & ~SEND_IN_THREADS, SEND_IN_THREADS
    )
    channels.changed(world, forum, play.stage.owner.user.id)
    await fan.write("nobody hears me")
    message = await shown(play, "The bot may not write in")

    forum.overwrites[APPLICATION_ID] = own
    channels.changed(world, forum, play.stage.owner.user.id)
    await thread_with(play, "sam_k", "nobody hears me")

    assert "1: I fixed it, try now" in [button["label"] for button in buttons(message)]
    assert await gone(play)


def buttons(message: StandInMessage) -> list[dict[str, object]]:
    return [one for one in walk(message.components) if "label" in one]


async def test_another_bridge_on_the_same_token_is_told_by_readyz(tmp_path: Path) -> None:
    async with staged(tmp_path, WarmProgram, speed=40.0, seed=7, **settings_in(tmp_path)) as stage:
        play = EveningPlay(stage, pause, lambda _words: None)
        await play.open_house()
        await stage.fans["sam_k"].write("hello")
        thread = await thread_with(play, "sam_k", "hello")

        async with call() as session:
            url = f"{stage.discord.api_url}/channels/{thread.id}/messages"
            async with session.post(url, json={"content": "I am another one"}) as answer:
                assert answer.status == 200
            said = await trouble(stage.bridge._admin, session)

    assert f"<#{thread.id}>" in said
    assert "DISCORD_TOKEN" in said


async def trouble(admin: str, session: aiohttp.ClientSession) -> str:
    """What /readyz says of another bridge, once it says something."""
    async with asyncio.timeout(4 * PATIENCE):  # where all goes well this costs nothing
        while True:
            async with session.get(f"http://{admin}/readyz") as answer:
                another: str = (await answer.json())["checks"]["another"]
            if another != "ok":  # another process: there is no event to wait for, so it is asked again
                return another


async def pause(_seconds: float) -> None:
    await asyncio.sleep(0)
