"""Remembers what was denied while it is asked, and has it written down afterwards."""

from bot.access.permits import Actor
from bot.access.policy import Action
from bot.access.subjects import ActionSubjectFinder
from bot.discord.bridge import Asked, service
from bot.discord.error_handling import begin_act
from storage.records import CreatorId

_DENIED = "denied"


def remember(asked: Asked, action: Action, creator: CreatorId) -> None:
    """Somebody else's creator was meant."""
    asked.extras[_DENIED] = (action, creator)


async def remember_name(asked: Asked, action: Action, name: str) -> None:
    """The same, where there is a creator of whom somebody typed or pressed this name."""
    there = await service(asked, ActionSubjectFinder).of_name(name)
    if there is not None:
        remember(asked, action, there.creator)


async def note(asked: Asked, actor: Actor) -> None:
    """Write down what was remembered; nothing where the creator does not exist."""
    denied = asked.extras.get(_DENIED)
    if denied is not None:
        await begin_act(asked)
        await asked.client.context.denied(actor, *denied)
