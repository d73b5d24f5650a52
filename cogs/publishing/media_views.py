"""A creator's vault on Discord, privately shown and suggested to those who may."""

from collections.abc import Collection, Sequence

from discord import app_commands

from bot.access.permits import Access
from bot.access.policy import Action
from bot.access.subjects import ActionSubjectFinder
from bot.discord.age_restriction import for_adults
from bot.discord.answers import AnswerContent, Said, private
from bot.discord.asking import actor_of, asks, creator_of, each, here, here_or_chosen, link_of, permits_of
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, service
from bot.features.people.agency.service import AgencyService
from bot.features.publishing.media.service import MediaPage, MediaService
from storage.records import DiscordId, FanId, Link, LinkId


async def show_media(asked: Asked, *, kind: str | None, folder: str | None, search: str | None) -> None:
    """Answer with the first page of the permit's vault; in a fan's thread, with what the fan bought."""

    async def deed() -> Said:
        link, keeper = await _way(asked), await _keeps_bundles(asked)
        look = await _media(asked).browse(
            link,
            _me(asked),
            kind=kind,
            folder=folder,
            search=search or "",
            fan=await _fan(asked),
            bundles=keeper,
        )
        return _shown(look)

    await private(asked, deed)


@asks(Action.MEDIA, each)
async def turn_page(asked: Asked, ref: str) -> None:
    """The buttons under a page."""

    async def deed() -> Said:
        return _shown(await _media(asked).turn(ref, _me(asked), _open_to(asked)))

    await private(asked, deed, in_place=True)


@asks(Action.MEDIA, each)
async def show_items(asked: Asked, ref: str, which: Sequence[str]) -> None:
    """The items chosen on a page, in an answer of its own, covered."""

    async def deed() -> Said:
        own, adult = _open_to(asked), for_adults(asked)
        post, pictures = await _media(asked).items(ref, which, _me(asked), own, adult=adult)
        return AnswerContent(post, pictures=pictures)

    await private(asked, deed)


@asks(Action.MEDIA, here, offers=True)
async def offer_items_here(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Vault items to offer in a fan's thread: of the thread's creator."""
    return await _suggested(asked, typed, several=True)


@asks(Action.MEDIA, here, offers=True)
async def offer_item_here(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    return await _suggested(asked, typed, several=False)


@asks(Action.MEDIA, here_or_chosen, offers=True)
async def offer_items(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Vault items of the creator whom the option `creator` names."""
    return await _suggested(asked, typed, several=True)


@asks(Action.MEDIA, here_or_chosen, offers=True)
async def offer_item(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    return await _suggested(asked, typed, several=False)


@asks(Action.MEDIA, here_or_chosen, offers=True)
async def offer_folders(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Folders of the vault of the creator whom the option `creator` names."""
    return _offered(await _media(asked).folders(await _way(asked), typed))


async def _way(asked: Asked) -> Link:
    """The permit's creator, through the asking person's own account where that manages the creator."""
    return await service(asked, AgencyService).through(link_of(asked), _me(asked), "media")


async def _keeps_bundles(asked: Asked) -> bool:
    """A bundle is a template. Only what is shown hangs on it: the button itself asks again."""
    access, whose = service(asked, Access), creator_of(asked)
    return await access.authorize(actor_of(asked), Action.TEMPLATE_EDIT, whose) is not None


async def _fan(asked: Asked) -> FanId | None:
    if asked.channel_id is None or asked.guild_id is None:
        return None
    found = await service(asked, ActionSubjectFinder).of_channel(
        DiscordId(asked.channel_id), DiscordId(asked.guild_id)
    )
    return found.fan if found is not None and found.creator == creator_of(asked) else None


def _open_to(asked: Asked) -> Collection[LinkId]:
    return {permit.link.id for permit in permits_of(asked) if permit.link is not None}


async def _suggested(asked: Asked, typed: str, *, several: bool) -> list[app_commands.Choice[str]]:
    return _offered(await _media(asked).suggest(await _way(asked), typed, several=several))


def _shown(look: MediaPage) -> AnswerContent:
    return AnswerContent(look.post, choice=tuple(one for one in (look.choice, look.pick) if one is not None))


def _offered(found: Sequence[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=shown, value=value) for shown, value in found]


def _me(asked: Asked) -> DiscordId:
    return DiscordId(asked.user.id)


def _media(asked: Asked) -> MediaService:
    return service(asked, MediaService)


BUTTONS: ButtonHandlers = {
    "media.page": turn_page,
}
LISTS: ListHandlers = {
    "media.show": show_items,
}
