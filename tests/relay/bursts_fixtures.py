"""Fans who write several times in a few seconds, and what their thread shows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.model.events import FanWrote, MessageDeleted
from bot.model.ports import Post
from storage.inbox import messages
from storage.records import Effect, EffectId, MediaId, MessagePair
from tests.relay.relay_scenario import CREATOR, EMMA, RelayScenario, told

BURST = 7_000
PICTURE = MediaId("11111111-2222-4333-8444-555555555555")
LOCKED = "📎 1 media item"


@asynccontextmanager
async def joining(world: RelayScenario) -> AsyncIterator[RelayScenario]:
    world.burst = BURST
    await world.restart()
    await world.greeted()
    await world.pass_time(60_000)
    yield world


async def say(world: RelayScenario, text: str, after: int = 1_000) -> FanWrote:
    """Emma writes, a moment later, and all that follows has happened."""
    await world.pass_time(after)
    event = world.wrote(text)
    await world.happen(event)
    return event


async def line(world: RelayScenario, event: FanWrote) -> Effect:
    """The effect that shows a message."""
    refs = {button.ref for post in await posts(world) for button in post.buttons}
    refs |= {ref for post in await posts(world) for button in post.buttons for ref in button.also}
    found = [await world.effect(EffectId(ref)) for ref in refs]
    [one] = [one for one in found if world.effects.body(one).get("message") == event.message]
    return one


async def posts(world: RelayScenario) -> list[Post]:
    """The thread, without the greeting."""
    return world.discord.lines(await world.thread())[1:]


async def texts(world: RelayScenario) -> list[str]:
    return [told(post) for post in await posts(world)]


async def kept(world: RelayScenario, event: FanWrote) -> MessagePair:
    found = await world.database.read(lambda tx: messages.get(tx, CREATOR, event.message))
    assert found is not None
    return found


async def delete(world: RelayScenario, event: FanWrote) -> None:
    """The fan takes a message back."""
    gone = MessageDeleted(CREATOR, EMMA, event.message, world.clock.now())
    await world.happen(gone, kind="message.deleted")
