"""/money digest, and the button under a digest: set, shown, looked at beforehand."""

import asyncio
from typing import Any

import discord
from discord import app_commands

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, private
from bot.discord.asking import NOT_HERE, asks, by_ref, creator_of, link_of, nobody
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.features.money.digests.preview_service import DigestPreviewService
from bot.features.money.digests.service import DigestService
from bot.model.language import tr
from bot.relay.digest_wish import DigestWish
from bot.text.time_zones import zones_like
from cogs.money.earnings_views import lately_of
from cogs.money.figure_views import show_figures
from cogs.operations.alert_views import why_not_there
from storage.records import EffectId, Link


async def put_digest(asked: Asked, wish: DigestWish, channel: discord.TextChannel | None) -> None:
    """/money digest set: where a channel is named, its owner and the bot may write there."""

    async def tell(link: Link) -> Said:
        refusal = None if channel is None else why_not_there(asked, channel)
        return refusal or await setting_of(asked).put(link, wish)

    await show_figures(asked, tell)


async def preview(asked: Asked, sort: str) -> None:
    """/money digest now: to the asking person alone."""

    async def tell(link: Link) -> Said:
        post, picture = await service(asked, DigestPreviewService).now(link, sort)
        return AnswerContent(post, pictures=() if picture is None else (picture,))

    await show_figures(asked, tell)


@asks(Action.EARNINGS, by_ref)
async def more_of_digest(asked: Asked, ref: str) -> None:
    """The button under a digest in a channel: more figures of its creator."""
    await _more(asked, ref, anywhere=False)


@asks(Action.DIGEST_MORE, by_ref)
async def more_of_private(asked: Asked, ref: str) -> None:
    """The same under a private one."""
    await _more(asked, ref, anywhere=True)


@asks(Action.CHOOSE_ZONE, nobody, offers=True)
async def offer_zones(_interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
    """Zones by their IANA names; the first time the names are read from files."""
    names = await asyncio.to_thread(zones_like, current)
    return [app_commands.Choice(name=name, value=name) for name in names]


def setting_of(asked: Asked) -> DigestService:
    return service(asked, DigestService)


async def _more(asked: Asked, ref: str, *, anywhere: bool) -> None:
    link = link_of(asked)

    async def deed() -> Said:
        whose = await setting_of(asked).creator_of(EffectId(ref))
        return await lately_of(asked, link) if whose == creator_of(asked) else tr(NOT_HERE)

    await private(asked, deed, anywhere=anywhere)


BUTTONS: ButtonHandlers = {
    "figures.more": more_of_digest,
    "digest.more": more_of_private,
}
