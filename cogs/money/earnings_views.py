"""A creator's income, or that of all, shown privately to members who may see it."""

from discord import app_commands

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, private
from bot.discord.asking import Given, Options, Resolved, asks, chosen, each, link_of, permit_of, permits_of
from bot.discord.autocomplete import Offer, creators_among
from bot.discord.bridge import Asked, service
from bot.features.money.reports.all_creators_service import AllCreatorsReportService
from bot.features.money.reports.service import EarningsReportService
from bot.model.language import tr
from bot.model.ports import Picture, Post
from storage.records import Link

ALL = "all"
SUMS, HOURS = "sums", "hours"
SHOWS = {SUMS: "earnings", HOURS: "the best hours"}
_MORE = "30"  # what the button under a digest shows
_CHOICES = 25  # Discord shows no more
_NAME = 100  # characters of one that Discord takes


async def one_or_all(asked: Asked, action: Action, given: Given, options: Options) -> Resolved:
    """About the creator whom the option `creator` names, or about every one for whom they may."""
    wanted: str | None = options.get("creator") or getattr(asked.namespace, "creator", None)
    if wanted is not None and wanted.casefold() == ALL:
        return await each(asked, action, given, options)
    return await chosen(asked, action, given, options)


async def show_income(asked: Asked, period: str, show: str, creator: str | None) -> None:
    """Answer privately what came in during a period, or when most did."""
    if creator is not None and creator.casefold() == ALL:
        permits = permits_of(asked)
        await private(asked, lambda: _everyone(asked, permits, period, show))
        return
    link = link_of(asked)
    await private(asked, lambda: _one(asked, link, period, show))


async def show_top(asked: Asked, period: str) -> None:
    """Answer privately who spent most."""
    link, money = link_of(asked), permit_of(asked).money

    await private(asked, lambda: service(asked, EarningsReportService).top(link, period, money))


async def lately_of(asked: Asked, link: Link) -> Said:
    """The income of the last 30 days, with a picture unless there is nothing to draw."""
    return await _one(asked, link, _MORE, SUMS)


# ── what is offered while somebody types ──


@asks(Action.EARNINGS, each, offers=True)
async def creators_or_all(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """The creators whose income they may see; with several also all of them."""
    found = creators_among(permits_of(asked), typed)
    everyone = tr("All creators")
    if len(found) > 1 and any(said.startswith(typed.casefold()) for said in (ALL, everyone.casefold())):
        found.insert(0, app_commands.Choice(name=everyone, value=ALL))
    return found[:_CHOICES]


def periods_for(action: Action) -> Offer:
    """Days, in the zone of the creator who is chosen, as far as somebody may choose among them."""

    @asks(action, each, offers=True)
    async def periods(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
        wanted = getattr(asked.namespace, "creator", None)
        permits = [permit for permit in permits_of(asked) if permit.creator is not None]
        named = [one for one in permits if one.link is not None and wanted in (one.link.id, one.link.handle)]
        meant = named or permits
        creator = meant[0].creator
        assert creator is not None, "the action is about a creator"
        levels = {permit.money for permit in meant}
        found = await service(asked, EarningsReportService).offered(creator, levels, typed)
        return [app_commands.Choice(name=words[:_NAME], value=value) for words, value in found][:_CHOICES]

    return periods


async def _one(asked: Asked, link: Link, period: str, show: str) -> Said:
    answers, money = service(asked, EarningsReportService), permit_of(asked).money
    ask = answers.hours if show == HOURS else answers.earnings
    return _shown(*await ask(link, period, money))


async def _everyone(asked: Asked, permits: list[Permit], period: str, show: str) -> Said:
    if show == HOURS:
        return tr("Best hours work for one creator only. Pick one in `creator:`.")
    return await service(asked, AllCreatorsReportService).earnings(permits, period)


def _shown(post: Post, picture: Picture | None) -> Said:
    return AnswerContent(post, pictures=() if picture is None else (picture,))
