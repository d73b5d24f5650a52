"""A member answers in the window, with a picture from its gallery."""

from typing import Any

from bot.sandbox import patience
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, walk
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.stage import DemoStage


async def reply_window(member: DiscordPerson, thread: StandInChannel) -> InteractionAnswer:
    """The window under the newest line, also where a colleague has just been there."""
    opened = await member.click(member.read(thread)[-1], "Reply")
    await opened.done(patience.SECONDS)
    if opened.state == "shown":
        opened = await member.click(opened.message, "Answer anyway")
    await opened.opened(patience.SECONDS)
    return opened


async def submitted(
    stage: DemoStage,
    member: DiscordPerson,
    window: InteractionAnswer,
    fields: dict[str, Any],
    *,
    media: bool,
) -> InteractionAnswer:
    """What the window is answered with; with `media` the first item that can be sent is chosen there."""
    gallery = await member.submit(window, {**fields, "vault": media})
    if not media:
        return gallery
    await gallery.done(patience.SECONDS)
    parts = walk(gallery.message.components if gallery.message is not None else [])
    numbers = [one for one in parts if str(one.get("label")).isdigit() and not one.get("disabled")]
    before = gallery.text
    await member.click(gallery.message, numbers[0]["custom_id"])
    await stage.discord.world.until(lambda: gallery.text != before, patience.SECONDS)
    return gallery
