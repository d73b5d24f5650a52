"""Whose a template is, and whose its window."""

from dataclasses import dataclass

from bot.access.permits import Actor, Permit, authorize
from bot.access.policy import Action
from bot.engine.input_windows import InputWindowHolder
from storage.database import Transaction
from storage.inbox.templates import ANYWHERE, SHARED
from storage.people import consents
from storage.records import CreatorId, DiscordId


@dataclass(frozen=True)
class TemplateScope:
    """For one creator, or for a whole server."""

    guild: DiscordId
    creator: CreatorId


def holder_of(permit: Permit) -> InputWindowHolder:
    """The holder of this permit's window or question."""
    return InputWindowHolder(permit.actor.user, permit.creator, permit.actor.guild)


def scope_of(permit: Permit, *, shared: bool) -> TemplateScope:
    """The scope of a template of this permit's holder."""
    assert permit.creator is not None, "the action is about a creator"
    if shared:
        assert permit.actor.guild is not None, "it is done on a server"
        return TemplateScope(permit.actor.guild, SHARED)
    return TemplateScope(ANYWHERE, permit.creator)


async def leads_all(tx: Transaction, actor: Actor) -> bool:
    """Whether somebody may write templates for every creator of their server."""
    here = await consents.of_guild(tx, actor.guild) if actor.guild is not None else []
    found = [await authorize(tx, actor, Action.TEMPLATE_EDIT, creator) for creator in here]
    return bool(found) and all(permit is not None for permit in found)
