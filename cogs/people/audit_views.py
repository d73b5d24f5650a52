"""/team audit and its buttons: shown to the asking person alone."""

from typing import Any

import discord
from discord import app_commands

from bot.access.policy import Action
from bot.discord.answers import private
from bot.discord.asking import asks, creator_of, each, here_or_chosen, permits_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.features.people.audit.service import AuditService
from storage.records import DiscordId

_CHOICES = 25  # Discord shows no more


async def show_audit(
    asked: Asked,
    *,
    member: discord.Member | discord.User | None,
    kind: str | None,
    fan: str | None,
    days: int | None,
) -> None:
    """Answer with the first page about the permit's creator."""
    creator, audit = creator_of(asked), service(asked, AuditService)
    await private(
        asked,
        lambda: audit.look(
            creator,
            DiscordId(asked.user.id),
            channel=DiscordId(asked.channel_id) if asked.channel_id is not None else None,
            member=DiscordId(member.id) if member is not None else None,
            kind=kind,
            fan=fan,
            days=days,
        ),
    )


@asks(Action.AUDIT, each)
async def turn_audit(asked: Asked, ref: str) -> None:
    """The buttons under a page; the page says whose it is, and whether that is among these."""
    creators = [permit.creator for permit in permits_of(asked) if permit.creator is not None]
    await private(
        asked,
        lambda: service(asked, AuditService).turn(ref, DiscordId(asked.user.id), creators),
        in_place=True,
    )


@asks(Action.AUDIT, here_or_chosen, offers=True)
async def offer_fans(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Fans of the creator whose audit it is about; the value is their pseudonym."""
    found: Any = await service(asked, AuditService).suggest(creator_of(asked), typed)
    return [app_commands.Choice(name=name, value=value) for name, value in found][:_CHOICES]


BUTTONS: ButtonHandlers = {
    "audit.page": turn_audit,
}
