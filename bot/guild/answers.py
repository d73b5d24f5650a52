"""How commands and buttons answer: privately, in time, acting only once taken.

Discord gives three seconds for the first answer and fifteen minutes to change it. So: keep the wish,
say "thinking", act, then edit that answer (R9). An edit can be repeated; a second message cannot.
"""

import logging
import traceback
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import aiohttp
import discord

from bot.guild.bridge import Asked
from bot.guild.cards import WebButton, edit_of
from bot.relay.choices import Choice
from bot.relay.commands import Wish
from bot.relay.errors import DeliveryFailed, TryLater, Unknown
from bot.relay.ports import Picture, Post
from storage.records import CommandId, DiscordId

log = logging.getLogger(__name__)

NOT_TAKEN = "This was not done: Discord did not take the bot's first answer in time. Please try again."
SORRY = (
    "Something went wrong inside the bridge, and it was written to its log. Please look at the thread "
    "before you try again."
)
PRESSED = "pressed"  # a command that is carried out where it comes in, and leaves no effects
ONLY_ON_A_SERVER = "This works on your team's server, not in private messages."
# What sending a first answer can end with: Discord said no, or nobody knows.
_UNCLEAR = (discord.DiscordException, aiohttp.ClientError, OSError)


@dataclass(frozen=True)
class Shown:
    """A private answer with more than a sentence."""

    post: Post
    web: Sequence[WebButton] = ()
    pictures: Sequence[Picture] = ()
    choice: Choice | None = None


Said = str | Shown
Deed = Callable[[], Awaitable[Said]]


def wish_of(asked: Asked) -> Wish | None:
    """Who asked, where, and how to answer them; None outside a server."""
    if asked.guild_id is None or asked.channel_id is None:
        return None
    return Wish(
        interaction=str(asked.id),
        actor=DiscordId(asked.user.id),
        actor_name=asked.user.display_name,
        guild=DiscordId(asked.guild_id),
        channel=DiscordId(asked.channel_id),
        token=asked.token,
    )


async def tell(asked: Asked, sentence: str) -> None:
    """Answer at once, to this member alone."""
    await asked.response.send_message(
        sentence, ephemeral=True, allowed_mentions=discord.AllowedMentions.none()
    )


async def two_phase(
    asked: Asked,
    *,
    stage: Callable[[], Awaitable[CommandId | None]],
    accept: Callable[[CommandId], Awaitable[Said]],
    cancel: Callable[[CommandId], Awaitable[None]],
    in_place: bool = False,
) -> None:
    """Keep the wish, answer, and only then let it count. A repeat of the same interaction does nothing.

    `in_place`: the message with the pressed button becomes the answer, instead of a private one.
    """
    try:
        command = await stage()
    except asked.client.uses.refusals as refused:
        await tell(asked, str(refused))
        return
    if command is None:
        return
    if not await _taken(asked, in_place=in_place):
        await cancel(command)
        await show(asked, NOT_TAKEN)  # it may have arrived all the same; "thinking" must not stay for ever
        return
    await show(asked, await _said(asked, lambda: accept(command)))


async def private(asked: Asked, deed: Deed, *, in_place: bool = False) -> None:
    """Answer "thinking", act, then show what `deed` says; `in_place` as in `two_phase`.

    Kept as a command too, so that an interaction that Discord delivers twice, to whatever process, acts
    once and is answered once: the second would only know that the first one's answer was taken.
    """
    wish = wish_of(asked)
    if wish is None:
        await tell(asked, ONLY_ON_A_SERVER)
        return
    commands = asked.client.uses.commands

    async def accept(command: CommandId) -> Said:
        return await deed() if await commands.accept(command) else NOT_TAKEN

    await two_phase(
        asked,
        stage=lambda: commands.stage(wish, action=PRESSED),
        accept=accept,
        cancel=commands.cancel,
        in_place=in_place,
    )


async def in_place(asked: Asked, deed: Deed) -> None:
    """Like `private`, but the message with the pressed button becomes the answer."""
    await private(asked, deed, in_place=True)


async def show(asked: Asked, said: Said) -> None:
    """Make the answer show this, if Discord lets us. One repeat: an edit that arrives twice is one edit."""
    shown = Shown(Post(body=(said,))) if isinstance(said, str) else said
    path = f"/webhooks/{asked.application_id}/{asked.token}/messages/@original"
    body = edit_of(shown.post, shown.web, shown.pictures, shown.choice)
    for last in (False, True):
        try:
            await asked.client.direct.call("PATCH", path, body, as_bot=False, pictures=shown.pictures)
        except (TryLater, Unknown) as failed:
            if last:
                log.warning("a private answer could not be shown: %s", failed.reason)
        except DeliveryFailed as failed:
            log.warning("a private answer could not be shown: %s", failed.reason)
            if shown.pictures:  # they are an extra: the words say the same
                await show(asked, replace(shown, pictures=()))
            return
        else:
            return


async def explain(asked: Asked, sentence: str) -> None:
    """Tell or show, whichever is still possible; when neither is, the member saw Discord's own words."""
    with suppress(*_UNCLEAR):
        if asked.response.is_done():
            await show(asked, sentence)
        else:
            await tell(asked, sentence)


async def apologise(asked: Asked, error: BaseException) -> None:
    """The end of a command that broke: the log gets the place, never the values; the member gets words."""
    places = "".join(traceback.format_tb(error.__traceback__))
    log.error("an interaction failed with %s\n%s", type(error).__name__, places)
    await explain(asked, SORRY)


async def guarded(asked: Asked, handler: Callable[[], Awaitable[None]]) -> None:
    """Run the handler of a button or modal; its errors end here, as a command's end in the tree."""
    try:
        await handler()
    except asked.client.uses.refusals as refused:
        await explain(asked, str(refused))
    except Exception as error:  # noqa: BLE001 - the command-error handler of buttons and modals
        await apologise(asked, error)


async def _taken(asked: Asked, *, in_place: bool) -> bool:
    try:
        if in_place:
            await asked.response.defer()
        else:
            await asked.response.defer(ephemeral=True, thinking=True)
    except _UNCLEAR as error:
        log.warning("Discord did not take a first answer (%s)", type(error).__name__)
        return False
    return True


async def _said(asked: Asked, deed: Deed) -> Said:
    try:
        return await deed()
    except asked.client.uses.refusals as refused:
        return str(refused)
    except DeliveryFailed as failed:
        return failed.reason
