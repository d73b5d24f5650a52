"""Standing in for a creator's owner: the offers, the question and the answers."""

from typing import Any

from discord import app_commands

from bot.access.policy import Action
from bot.discord.answers import Said, in_place, private
from bot.discord.asking import asks, nobody
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.confirming import confirmed
from bot.features.people.agency.service import AgencyService
from storage.records import DiscordId, DraftId

_CHOICES = 25  # Discord shows no more


@asks(Action.STEWARD, nobody, offers=True)
async def offer_creators(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Creators for whom the asking person could stand in."""
    found = await service(asked, AgencyService).offered(DiscordId(asked.user.id), typed)
    return [app_commands.Choice(name=name[:100], value=value) for name, value in found][:_CHOICES]


async def ask(asked: Asked, creator: str) -> None:
    """Says what it means, with a button each for yes and no."""
    await private(asked, lambda: service(asked, AgencyService).question(*_who(asked), creator))


@asks(Action.STEWARD, nobody, confirms=True)
async def yes(asked: Asked, _ref: str) -> None:
    agency, proof = service(asked, AgencyService), confirmed(asked)
    await in_place(asked, lambda: _told(agency.take(proof)))


@asks(Action.STEWARD, nobody)
async def no(asked: Asked, ref: str) -> None:
    await in_place(asked, lambda: _told(service(asked, AgencyService).drop(_who(asked)[0], DraftId(ref))))


async def _told(answer: Any) -> Said:
    said: str = await answer
    return said


def _who(asked: Asked) -> tuple[DiscordId, DiscordId]:
    assert asked.guild_id is not None, "it was asked whether this is a server"
    return DiscordId(asked.user.id), DiscordId(asked.guild_id)


BUTTONS: ButtonHandlers = {
    "steward.yes": yes,
    "steward.no": no,
}
