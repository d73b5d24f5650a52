"""A mass message that a second person confirms: its line, its buttons."""

from collections.abc import Awaitable, Callable

from bot.access.policy import Action
from bot.discord.answers import private, server_wish_of, two_phase
from bot.discord.asking import actor_of, asks, by_draft
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.confirming import confirmed
from bot.features.publishing.safety.second_person_service import SecondPersonService
from bot.model.ports import Post
from storage.records import CommandId, DraftId


@asks(Action.MASS, by_draft)
async def look(asked: Asked, ref: str) -> None:
    """The button [Look at it] in the alerts channel."""
    seconding, actor = service(asked, SecondPersonService), actor_of(asked)
    await private(asked, lambda: seconding.look(actor, DraftId(ref)))


@asks(Action.MASS, by_draft, confirms=True)
async def approve(asked: Asked, ref: str) -> None:
    """The button that has it sent."""
    seconding, proof = service(asked, SecondPersonService), confirmed(asked)
    await _press(asked, ref, lambda command: seconding.approve(command, proof))


@asks(Action.MASS, by_draft)
async def refuse(asked: Asked, ref: str) -> None:
    """The buttons [Refuse] and [Take back]."""
    seconding, actor = service(asked, SecondPersonService), actor_of(asked)
    await _press(asked, ref, lambda command: seconding.refuse(command, actor))


async def _press(asked: Asked, ref: str, act: Callable[[CommandId], Awaitable[Post | str]]) -> None:
    wish, seconding = server_wish_of(asked), service(asked, SecondPersonService)
    await two_phase(
        asked,
        stage=lambda: seconding.stage(wish, DraftId(ref)),
        accept=act,
        in_place=True,
    )


BUTTONS: ButtonHandlers = {
    "second.look": look,
    "second.yes": approve,
    "second.no": refuse,
}
