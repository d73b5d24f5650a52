"""Steps to a window: commands, presses, and what is there before it opens."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, StandInMessage, walk
from bot.sandbox.discord.people import DiscordPerson
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

LONG = 60.0  # seconds


@dataclass(frozen=True)
class OpenedWindow:
    """A window that somebody has before them, and what the message said whose button opened it."""

    who: DiscordPerson
    answer: InteractionAnswer
    before: str = ""


Opener = Callable[[LiveBridge], Awaitable[OpenedWindow]]


async def command(
    house: LiveBridge, who: DiscordPerson, name: str, place: StandInChannel | None = None, **more: object
) -> InteractionAnswer:
    """Somebody's command, and its first answer."""
    asked = await who.slash(house.stage.guild, place or house.stage.lobby, name, **more)
    return await asked.done(LONG)


async def pressed(who: DiscordPerson, answer: InteractionAnswer, label: str) -> None:
    """A button of a private answer, which changes that answer."""
    assert answer.message is not None
    before = answer.text
    await who.click(answer.message, label)
    await answer.until(lambda now: now.text != before, PATIENCE)


async def window(who: DiscordPerson, message: StandInMessage | None, label: str) -> OpenedWindow:
    """A button that opens a window."""
    assert message is not None
    known = {*labels(message), *(one.get("custom_id") for one in walk(message.components))}
    assert label in known, (label, labels(message), message.text)
    before, opened = message.text, await who.click(message, label)
    await opened.opened(LONG)
    return OpenedWindow(who, opened, before)


async def by_command(
    house: LiveBridge, name: str, place: StandInChannel | None = None, **more: object
) -> OpenedWindow:
    """A command that opens a window."""
    opened = await command(house, house.stage.owner, name, place, **more)
    assert opened.modal is not None, opened.text
    return OpenedWindow(house.stage.owner, opened)


async def fresh(house: LiveBridge) -> StandInChannel:
    """The thread of a fan whom nobody has answered yet."""
    return await house.greeted(house.fan("Maximilian"))


async def reply(house: LiveBridge) -> OpenedWindow:
    thread = await fresh(house)
    return await window(house.stage.members["mara"], house.messages(thread)[-1], "Reply")


async def template(house: LiveBridge) -> OpenedWindow:
    return await by_command(house, "template add")


async def suggested(house: LiveBridge) -> InteractionAnswer:
    """A member's post that waits for approval, as that member sees it."""
    mara = house.stage.members["mara"]
    shown = await command(house, mara, "post new", text="Good morning")
    await pressed(mara, shown, "Ask for approval")
    return await shown.until(lambda now: "submitted for approval" in now.text, PATIENCE)
