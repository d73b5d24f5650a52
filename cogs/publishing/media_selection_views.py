"""Items picked in a vault's list: kept as a bundle, and who had them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.access.policy import Action
from bot.access.subjects import ActionSubject
from bot.discord.answers import AnswerContent, Said, private
from bot.discord.asking import Given, Options, Resolved, asks, each, permit_about, permit_of, permits_of
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, service
from bot.discord.windows import open_window
from bot.features.inbox.purchases.service import PurchaseService
from bot.features.inbox.templates.service import TemplateService
from bot.features.publishing.media.service import MediaService
from bot.model.language import tr
from bot.model.ports import MessageToFan
from cogs.inbox.reply_views import may_upload
from cogs.inbox.template_windows import TemplateWindow
from storage.records import DiscordId, LinkId


async def by_place(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About the creator in whose vault the asking person's list lies."""
    creator = service(asked, MediaService).creator_of(str(given[1]), _me(asked))
    return await permit_about(asked, action, ActionSubject(creator) if creator is not None else None)


@asks(Action.MEDIA, each)
async def pick_items(asked: Asked, ref: str, which: Sequence[str]) -> None:
    """The list to pick from: the page shows what is picked."""

    async def deed() -> Said:
        look = await service(asked, MediaService).pick(ref, which, _me(asked), _open_to(asked))
        return AnswerContent(
            look.post, choice=tuple(one for one in (look.choice, look.pick) if one is not None)
        )

    await private(asked, deed, in_place=True)


@asks(Action.TEMPLATE_EDIT, by_place)
async def save_bundle(asked: Asked, ref: str) -> None:
    """The button [Save as bundle]: the window of a template with these media in it."""
    _link, media = service(asked, MediaService).picked(ref, _me(asked), _open_to(asked))
    opened = await service(asked, TemplateService).begin(permit_of(asked), shared=False, media=media)
    message = MessageToFan(text=None, media=tuple(media), price=None, preview=None)
    window = TemplateWindow(
        replace(opened, message=message), title=tr("A bundle"), files=await may_upload(asked)
    )
    await open_window(asked, window)


@asks(Action.FAN_ITEMS, by_place)
async def who_had(asked: Asked, ref: str) -> None:
    """The button [Who had it]: fans and dates, for the asking person alone."""

    async def deed() -> Said:
        link, media = service(asked, MediaService).picked(ref, _me(asked), _open_to(asked))
        names = await service(asked, MediaService).names(link)
        return await service(asked, PurchaseService).had(link.creator, media, names)

    await private(asked, deed)


def _open_to(asked: Asked) -> set[LinkId]:
    return {permit.link.id for permit in permits_of(asked) if permit.link is not None}


def _me(asked: Asked) -> DiscordId:
    return DiscordId(asked.user.id)


BUTTONS: ButtonHandlers = {
    "media.bundle": save_bundle,
    "media.had": who_had,
}
LISTS: ListHandlers = {
    "media.pick": pick_items,
}
