"""A yes to a question, as the door hands it to a deed after the second press."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from bot.access.permits import ActionConfirmation, Actor, NotConfirmed
from bot.access.policy import POLICY, Action, ActionNeed
from bot.model.ports import Post
from storage.records import CreatorId, DiscordId

ANYBODY = Actor(DiscordId(1), None)
SOMEBODY_ELSE = DiscordId(1_300_000_000_000_000_099)
SOMEBODY_ELSES = CreatorId("11111111-2222-4333-8444-555555555555")
NO_QUESTION = "no-question-of-anybody"


def yes_to(
    action: Action, ref: str, by: Actor | DiscordId = ANYBODY, *creators: CreatorId
) -> ActionConfirmation:
    """Somebody was asked about it, and pressed the button that names this; `creators`: whom it is about."""
    actor = by if isinstance(by, Actor) else Actor(by, None)
    return ActionConfirmation(actor, action, ref, frozenset(creators))


def linked(pending: str, by: DiscordId) -> ActionConfirmation:
    """Somebody says yes to "Connect @handle?"."""
    return yes_to(Action.LINK, pending, by)


def ref_of(asked: Post | str | None) -> str:
    """What the first button of a question names."""
    assert isinstance(asked, Post), asked
    return asked.buttons[0].ref


def foreign(yes: ActionConfirmation) -> list[ActionConfirmation]:
    """Presses that are none to the same question: by another person, of another one, about somebody else."""
    other = Action.MASS if yes.action is not Action.MASS else Action.UNLINK
    found = [
        replace(yes, by=replace(yes.by, user=SOMEBODY_ELSE)),
        replace(yes, _ref=NO_QUESTION),
        replace(yes, action=other),
    ]
    if POLICY[yes.action].needs is not ActionNeed.NOTHING:
        found.append(replace(yes, _creators=frozenset({SOMEBODY_ELSES})))
    return found


async def pressed_by_mistake(
    yes: ActionConfirmation,
    deed: Callable[[ActionConfirmation], Awaitable[object]],
    *refusals: type[Exception],
) -> None:
    """A deed is given each foreign press; the caller looks whether it did anything."""
    for forged in foreign(yes):
        with suppress(NotConfirmed, *refusals):
            await deed(forged)
