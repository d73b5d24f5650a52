"""Answers commands and buttons: privately, in time, acting only once taken.

Discord gives three seconds for the first answer and fifteen minutes to change it. So: keep the wish,
say "thinking", act, then edit that answer (R9). An edit can be repeated; a second message cannot.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

import aiohttp
import discord

from bot.discord.bridge import Asked, place_of, service
from bot.discord.controls import WebButton, with_way_back
from bot.discord.message_bodies import AnswerFile, edit_of, files_of, private_of, view_of
from bot.discord.typed_input import alone, file_of, returned, typed_in
from bot.engine.commands import PRESS, Commands, CommandWish
from bot.model.choices import Choices
from bot.model.errors import DeliveryFailed, DeliveryUnknown, TryLater
from bot.model.language import msgid, tr, tr_stored
from bot.model.ports import ORIGINAL, Picture, Post, Sound
from bot.text.rejected_input import RejectedInput
from storage.records import CommandId, DiscordId

log = logging.getLogger(__name__)

UNPRESSED = msgid(
    "Discord was too slow and your click didn't register. Please press again if the button is still there."
)
NOT_TAKEN = msgid("Discord was too slow, so this was not done. Please try again.")
PRESSED = "pressed"  # a command that is carried out where it comes in, and leaves no effects
NO_FILES = msgid("Discord did not accept the files, so only the words are here.")
ONLY_ON_A_SERVER = msgid("This works on your team's server, not in private messages.")
SHOWS = "shows"  # among the extras: to whom the outcome may show, as the table of actions has it
UNCLEAR = (discord.DiscordException, aiohttp.ClientError, OSError)  # Discord said no, or nobody knows


class NotHere(Exception):
    """Raised where this cannot be done, before it is begun; str() is the sentence for people."""


@dataclass(frozen=True)
class AnswerContent:
    """A private answer with more than a post."""

    post: Post
    web: Sequence[WebButton] = ()
    pictures: Sequence[Picture] = ()
    choice: Choices = None
    file: AnswerFile | None = None
    without: Post | str = ""  # what is said where Discord does not take the file
    sounds: Sequence[Sound] = ()


@dataclass(frozen=True)
class _RefusedAnswer:
    """It was not done, and this is why."""

    sentence: str


Said = str | Post | AnswerContent
Deed = Callable[[], Awaitable[Said | None]]


def wish_of(asked: Asked, *, anywhere: bool = False) -> CommandWish | None:
    """Return the asker, the place and the token; None outside a server, unless `anywhere`: server 0."""
    if (channel := place_of(asked)) is None or (asked.guild_id is None and not anywhere):
        return None
    return CommandWish(
        interaction=str(asked.id),
        actor=DiscordId(asked.user.id),
        actor_name=asked.user.display_name,
        guild=DiscordId(asked.guild_id or 0),
        channel=DiscordId(channel),
        token=asked.token,
    )


def server_wish_of(asked: Asked, refusal: str | None = None) -> CommandWish:
    """The same, where it must be on a server, and nothing else speaks against it. Raises NotHere."""
    if refusal or (wish := wish_of(asked)) is None:
        raise NotHere(refusal or tr(ONLY_ON_A_SERVER))
    return wish


async def tell(asked: Asked, sentence: str) -> None:
    """Answer at once, to this member alone; their text for a fan comes back to them."""
    sentence = tr_stored(sentence)
    quiet = discord.AllowedMentions.none()
    if not typed_in(asked):
        await asked.response.send_message(sentence, ephemeral=True, allowed_mentions=quiet)
        return
    shown = shown_back(returned(asked, sentence))
    view, file = view_of(shown.post, file=shown.file), shown.file
    files = [discord.File(BytesIO(file.content), file.name)] if file is not None else []
    await asked.response.send_message(view=view, files=files, ephemeral=True, allowed_mentions=quiet)


async def two_phase(
    asked: Asked,
    *,
    stage: Callable[[], Awaitable[CommandId | None]],
    accept: Callable[[CommandId], Awaitable[Said | None]],
    in_place: bool = False,
    keeps: bool = False,
) -> str | None:
    """Keep the wish, answer, and only then let it count. A repeat of the same interaction does nothing.

    `in_place`: the message with the pressed button becomes the answer, instead of a private one; where
    `accept` says None it stays as it is, and where a window is refused, too. `keeps`: it always stays, and
    the answer is a private message of its own, if there is anything to say; its id is returned.
    """
    cancel = service(asked, Commands).cancel
    try:
        command = await stage()
    except asked.client.context.refusals as refused:
        await tell(asked, str(refused))
        return None
    if command is None:
        return None
    ended = False
    try:
        if not await _taken(asked, deferred=keeps or (in_place and not _in_view(asked))):
            if keeps:  # it is cancelled once they know: until then a start finds it
                await _say_surely(asked, command, _RefusedAnswer(tr(NOT_TAKEN)))
            await cancel(command)
            ended = True
            if not keeps:
                await _not_taken(asked, in_place=in_place)
            return None
        said = await _said(asked, lambda: accept(command))
        ended = True
    finally:
        if not ended:  # whatever broke: its member is told, and no start takes it up again
            await cancel(command)
    if said is None:
        return None
    if not keeps:
        await _show_end(asked, said, in_place=in_place)
        return None
    made = await _say_surely(asked, command, said)
    if isinstance(said, _RefusedAnswer):
        await cancel(command)
    return made


async def _show_end(asked: Asked, said: Said | _RefusedAnswer, *, in_place: bool) -> None:
    if isinstance(said, _RefusedAnswer):
        stays = in_place and not _in_view(asked) and bool(typed_in(asked))
        await (beside if stays else refuse)(asked, said.sentence)
    else:
        await show(asked, said)


async def private(asked: Asked, deed: Deed, *, in_place: bool = False, anywhere: bool = False) -> None:
    """Answer "thinking", act, then show what `deed` says; `in_place` as in `two_phase`.

    `anywhere`: it also works in private messages, where nobody's rights on a server are known.
    Kept as a command too, so that an interaction that Discord delivers twice, to any process, acts
    once and is answered once: the second would only know that the first one's answer was taken.
    """
    wish = wish_of(asked, anywhere=anywhere)
    if wish is None:
        await tell(asked, tr(ONLY_ON_A_SERVER))
        return
    commands = service(asked, Commands)

    async def accept(command: CommandId) -> Said | None:
        return await deed() if await commands.accept(command) else tr(NOT_TAKEN)

    await two_phase(
        asked,
        stage=lambda: commands.stage(wish, action=PRESSED + PRESS if in_place else PRESSED),
        accept=accept,
        in_place=in_place,
    )


async def in_place(asked: Asked, deed: Deed, *, anywhere: bool = False) -> None:
    """Like `private`, but the message with the pressed button becomes the answer."""
    await private(asked, deed, in_place=True, anywhere=anywhere)


async def show(asked: Asked, said: Said) -> None:
    """Make the answer show this, if Discord lets us. One repeat: an edit that arrives twice is one edit."""
    shown = _content_of(said)
    shown = replace(shown, post=with_way_back(asked.extras, shown.post))
    path = f"/webhooks/{asked.application_id}/{asked.token}/messages/{ORIGINAL}"
    files = files_of(shown.pictures, shown.sounds, shown.file)
    body = edit_of(shown.post, shown.web, shown.pictures, shown.choice, shown.file, shown.sounds)
    for again in (True, False):
        try:
            await asked.client.direct.call("PATCH", path, body, as_bot=False, files=files)
        except DeliveryFailed as failed:
            if again and isinstance(failed, TryLater | DeliveryUnknown):
                continue
            await _show_words(asked, shown, failed.reason)
        break


def _content_of(said: Said) -> AnswerContent:
    post = Post(body=(tr_stored(said),)) if isinstance(said, str) else said
    return AnswerContent(post) if isinstance(post, Post) else post


async def _show_words(asked: Asked, shown: AnswerContent, why: str) -> None:
    """Files are an extra, and a long upload may be what failed: the words come all the same."""
    log.warning("a private answer could not be shown: %s", why)
    if shown.file is not None:
        await show(asked, shown.without)
    elif shown.pictures or shown.sounds:
        words = replace(shown.post, small="\n".join(filter(None, (shown.post.small, NO_FILES))))
        await show(asked, replace(shown, pictures=(), sounds=(), post=words))


async def refuse(asked: Asked, sentence: str) -> None:
    """Make the answer show why not, and hand back what was typed."""
    await show(asked, shown_back(returned(asked, tr_stored(sentence))))


async def beside(asked: Asked, said: Said) -> str | None:
    """Say it beside the message with the pressed button, which stays; read twice it does no harm.

    A sentence hands back what was typed. Returns the id of the message that was made, if any was.
    """
    shown = shown_back(returned(asked, tr_stored(said))) if isinstance(said, str) else _content_of(said)
    files = files_of(shown.pictures, shown.sounds, shown.file)
    path = f"/webhooks/{asked.application_id}/{asked.token}"
    body = private_of(shown.post, shown.web, shown.pictures, shown.choice, shown.file, shown.sounds)
    for _ in range(2):
        try:
            made = await asked.client.direct.call("POST", path, body, as_bot=False, files=files)
        except DeliveryFailed as failed:  # of a press that did not count Discord itself says so, too
            log.warning("a member could not be told: %s", failed.reason)
            if not isinstance(failed, TryLater | DeliveryUnknown):
                break
        else:
            return str(made["id"])
    return None


async def _say_surely(asked: Asked, command: CommandId, said: Said | _RefusedAnswer) -> str | None:
    """Beside a line nothing else says that it did not work: what Discord does not take now it gets later."""
    if isinstance(said, _RefusedAnswer):
        content = shown_back(returned(asked, tr_stored(said.sentence)))
    else:
        content = _content_of(said)
    made = await beside(asked, content)
    if made is None:
        words = content.without if content.file is not None else content.post
        await service(asked, Commands).say(command, _content_of(words).post)
    return made


def shown_back(found: RejectedInput) -> AnswerContent:
    """Show rejected input."""
    return AnswerContent(found.post, file=file_of(found), without=alone(found))


async def _taken(asked: Asked, *, deferred: bool) -> bool:
    try:
        if deferred:
            await asked.response.defer()
        else:
            await asked.response.defer(ephemeral=True, thinking=True)
    except UNCLEAR as error:
        log.warning("Discord did not take a first answer (%s)", type(error).__name__)
        return False
    return True


async def _not_taken(asked: Asked, *, in_place: bool) -> None:
    """The first answer may have arrived all the same; "thinking" must not stay for ever.

    A message with buttons is left alone: another press may have counted, and it shows what came of it.
    """
    if not in_place or _in_view(asked):
        await refuse(asked, tr(NOT_TAKEN))
    else:
        await beside(asked, tr(UNPRESSED))


def _in_view(asked: Asked) -> bool:
    """Whether others read the message with the button, and the outcome is not theirs to read."""
    message = asked.message
    seen = message is not None and not message.flags.ephemeral and asked.guild_id is not None
    return seen and asked.extras.get(SHOWS) != "thread"


async def _said(asked: Asked, deed: Callable[[], Awaitable[Said | None]]) -> Said | _RefusedAnswer | None:
    try:
        return await deed()
    except asked.client.context.refusals as refused:
        return _RefusedAnswer(str(refused))
    except DeliveryFailed as failed:
        return _RefusedAnswer(failed.reason)
