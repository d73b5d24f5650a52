"""Files that hang at a command, on their way into the permit's vault."""

from collections.abc import Sequence

import discord

from bot.access.policy import Action
from bot.access.subjects import ActionSubject
from bot.discord.answers import in_place, server_wish_of, tell, two_phase
from bot.discord.asking import Given, Options, Resolved, asks, creator_of, each, here, link_of, permit_about
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.channel_openness import open_to_all
from bot.discord.discord_permissions import may_delete
from bot.features.publishing.uploads.service import (
    UploadAttachment,
    UploadMessage,
    UploadNames,
    UploadService,
)
from bot.model.language import msgid, tr
from storage.records import DiscordId

NO_FILES = msgid("This message has no files. Use it on one with pictures, videos, audio or PDF files.")
SEEN_BY_ALL = msgid(
    "Everyone on this server can see this channel, so we took nothing: post the files "
    "where only the team can see them, or use /media upload, which only you see."
)
SEEN_BY_UNKNOWN = msgid(
    "We don't know yet who can see this channel, so we took nothing from it: try again "
    "in a minute, or use /media upload."
)
SEVERAL_CREATORS = msgid(
    "You work with several creators here. Use it in a fan's thread, or use /media upload "
    "and choose the creator."
)


async def upload(
    asked: Asked,
    files: Sequence[UploadAttachment],
    called: UploadNames,
    *,
    message: UploadMessage | None = None,
) -> None:
    """Take them on, and answer privately with how far they are. `message`: with which they came."""
    wish = server_wish_of(asked)
    link_of(asked)  # a creator who is not connected has no vault that anything goes into
    uploads = service(asked, UploadService)
    await two_phase(
        asked,
        stage=lambda: uploads.stage(wish, creator_of(asked), files, called, message=message),
        accept=uploads.accept,
    )


async def upload_from(asked: Asked, message: discord.Message) -> None:
    """The files of a message that not everybody sees. Whether it is deleted shows at the end."""
    if not message.attachments:
        await tell(asked, tr(NO_FILES))
        return
    seen_by_all = open_to_all(asked)
    if seen_by_all is not False:
        await tell(asked, tr(SEEN_BY_ALL) if seen_by_all else tr(SEEN_BY_UNKNOWN))
        return
    await upload(asked, message.attachments, UploadNames(None, None), message=_source(asked, message))


def _source(asked: Asked, message: discord.Message) -> UploadMessage:
    """Nobody has the bot delete for them what they may not delete themselves."""
    here = message.channel
    place = here.parent_id if isinstance(here, discord.Thread) else here.id
    return UploadMessage(
        DiscordId(message.id),
        place=DiscordId(place),
        deletable=message.author.id == asked.user.id or may_delete(asked.permissions),
    )


async def here_or_only(asked: Asked, action: Action, given: Given, options: Options) -> Resolved:
    """About the thread's creator; elsewhere about the only one, for a menu cannot ask which."""
    found = await here(asked, action, given, options)
    if found and not isinstance(found, str):
        return found
    every = await each(asked, action, given, options)
    return tr(SEVERAL_CREATORS) if len(every) > 1 and not isinstance(every, str) else every


async def by_upload(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator whose vault the files of a command go into."""
    creator = await service(asked, UploadService).creator_of(str(given[1]))
    return await permit_about(asked, action, ActionSubject(creator) if creator is not None else None)


@asks(Action.UPLOAD, by_upload)
async def stop_upload(asked: Asked, ref: str) -> None:
    """The button [Cancel]; files that Fanvue has whole stay."""
    await in_place(asked, lambda: service(asked, UploadService).stop(ref, DiscordId(asked.user.id)))


BUTTONS: ButtonHandlers = {
    "upload.stop": stop_upload,
}
