"""/pause and its buttons."""

import discord

from bot.access.permits import Access, Actor, Permit
from bot.access.policy import Action
from bot.access.roles import TeamRole
from bot.discord.answers import ONLY_ON_A_SERVER, private, tell
from bot.discord.asking import NOT_HERE, Given, Options, Resolved, actor_of, asks, creator_of, permits_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.features.people.pausing.lift_service import PauseLiftService
from bot.features.people.pausing.service import PauseService
from bot.features.people.pausing.today_service import TodayMessagesService
from bot.model.language import tr
from storage.records import DiscordId, DraftId


async def pause_member(asked: Asked, member: discord.Member | discord.User) -> None:
    """/pause member."""
    theirs = Actor(DiscordId(member.id), DiscordId(asked.guild_id or 0), _roles(member))
    creator, pausing = creator_of(asked), service(asked, PauseService)
    await private(asked, lambda: pausing.member(actor_of(asked), creator, theirs))


async def pause_creator(asked: Asked) -> None:
    """/pause creator."""
    creator, pausing = creator_of(asked), service(asked, PauseService)
    await private(asked, lambda: pausing.creator(actor_of(asked), creator))


async def pause_everything(asked: Asked) -> None:
    """/pause all: for people who have connected a creator themselves."""
    if not any(_owns(permit) for permit in permits_of(asked)):
        await tell(asked, tr(NOT_HERE))
        return
    pausing = service(asked, PauseService)
    await private(asked, lambda: pausing.everything(actor_of(asked)))


async def pause_off(asked: Asked) -> None:
    """/pause off."""
    mine = [permit.creator for permit in permits_of(asked) if permit.creator is not None]
    lifting = service(asked, PauseLiftService)
    await private(
        asked, lambda: lifting.begin(DiscordId(asked.user.id), DiscordId(asked.guild_id or 0), mine)
    )


async def show_today(asked: Asked) -> None:
    """/pause show."""
    creator, today = creator_of(asked), service(asked, TodayMessagesService)
    await private(
        asked, lambda: today.open(creator, DiscordId(asked.user.id), DiscordId(asked.guild_id or 0))
    )


# ── buttons ──


async def by_pause(asked: Asked, action: Action, given: Given, _options: Options) -> Resolved:
    """About every creator that the button's pause or list concerns: for all of them, or for none."""
    if asked.guild_id is None:
        return tr(ONLY_ON_A_SERVER)
    actor = actor_of(asked)
    about = await service(asked, PauseLiftService).concerns(str(given[1]))
    permits = [await service(asked, Access).authorize(actor, action, creator) for creator in about]
    allowed = [permit for permit in permits if permit is not None]
    return allowed if len(allowed) == len(permits) else []


@asks(Action.PAUSE, by_pause)
async def ask(asked: Asked, ref: str) -> None:
    """The button [End the pause]."""
    lifting, me, guild = service(asked, PauseLiftService), DiscordId(asked.user.id), asked.guild_id or 0

    await private(asked, lambda: lifting.ask(ref, me, DiscordId(guild)))


@asks(Action.PAUSE, by_pause)
async def send(asked: Asked, ref: str) -> None:
    """The button [Send them]."""
    await _settle(asked, ref, send=True)


@asks(Action.PAUSE, by_pause)
async def drop(asked: Asked, ref: str) -> None:
    """The button [Discard them]."""
    await _settle(asked, ref, send=False)


@asks(Action.PAUSE, by_pause)
async def show(asked: Asked, ref: str) -> None:
    """The button that leads to a page of today's messages."""
    await _turn(asked, ref, texts=False)


@asks(Action.PAUSE, by_pause)
async def texts(asked: Asked, ref: str) -> None:
    """The same, with what was written."""
    await _turn(asked, ref, texts=True)


async def _settle(asked: Asked, ref: str, *, send: bool) -> None:
    lifting, me = service(asked, PauseLiftService), DiscordId(asked.user.id)
    await private(asked, lambda: lifting.settle(DraftId(ref), me, send=send), in_place=True)


async def _turn(asked: Asked, ref: str, *, texts: bool) -> None:
    today, me = service(asked, TodayMessagesService), DiscordId(asked.user.id)
    await private(asked, lambda: today.turn(DraftId(ref), me, texts=texts))


def _owns(permit: Permit) -> bool:
    return permit.standing is not None and permit.standing.role is TeamRole.OWNER


def _roles(member: discord.Member | discord.User) -> frozenset[DiscordId]:
    # The payload's ids, as in `bot.discord.asking.actor_of`.
    return (
        frozenset(DiscordId(role) for role in member._roles)  # noqa: SLF001 - see above
        if isinstance(member, discord.Member)
        else frozenset()
    )


BUTTONS: ButtonHandlers = {
    "pause.lift": ask,
    "pause.send": send,
    "pause.drop": drop,
    "pause.show": show,
    "pause.texts": texts,
}
