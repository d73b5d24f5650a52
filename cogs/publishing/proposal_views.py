"""Proposing something for a whole creator: private preview and its buttons."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.access.policy import Action
from bot.discord.answers import Said, private, server_wish_of, two_phase
from bot.discord.asking import asks, by_draft, by_note, by_ref, link_of
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.confirming import confirmed
from bot.features.publishing.proposals.service import ProposalService
from bot.features.publishing.proposals.verdict_service import ProposalVerdictService
from bot.model.ports import Post
from cogs.operations.problem_views import settle
from cogs.publishing.draft_screens import with_more
from storage.records import CommandId, DraftId, EffectId

Opens = Callable[[Asked, Post], Awaitable[Said]]  # given the preview
Below = Callable[[Asked, Mapping[str, Any]], Awaitable[str]]  # given what would be carried out


async def propose(
    asked: Asked,
    feature: str,
    content: Mapping[str, Any],
    below: Below | None = None,
    *,
    above: str = "",
    opens: Opens | None = None,
) -> None:
    """Answer privately with the preview of what this feature would do for the permit's creator.

    What can be refused without looking anything up, the cog refuses before this. `below`, `above`: more to
    read where there is room for it; it is not kept. `opens`: what is shown in place of the preview.
    """
    wish = server_wish_of(asked)
    link = link_of(asked)
    proposals = service(asked, ProposalService)

    async def show(command: CommandId) -> Said:
        post = with_more(await proposals.show(command), above, first=True)
        if opens is not None:
            return await opens(asked, post)
        if below is None:
            return post
        exact = await proposals.content(DraftId(post.buttons[0].ref))
        return with_more(post, await below(asked, exact))

    await two_phase(
        asked,
        stage=lambda: proposals.stage(wish, link, feature, content),
        accept=show,
    )


@asks(Action.MASS, by_draft, confirms=True)
async def confirm(asked: Asked, ref: str) -> None:
    """The button [Confirm]."""
    proposals, proof = service(asked, ProposalService), confirmed(asked)
    await press(asked, ref, lambda command: proposals.confirm(command, proof))


@asks(Action.MASS, by_draft)
async def cancel(asked: Asked, ref: str) -> None:
    """The button [Cancel]."""
    await press(asked, ref, service(asked, ProposalService).cancel)


@asks(Action.MASS, by_draft)
async def show_other(asked: Asked, ref: str) -> None:
    """The button that offers something else than what would be confirmed."""
    await press(asked, ref, service(asked, ProposalService).other)


@asks(Action.MASS, by_note)
async def details(asked: Asked, ref: str) -> None:
    """The button under a note in the alerts channel."""
    await private(asked, lambda: service(asked, ProposalService).details(EffectId(ref)))


@asks(Action.VERDICT, by_ref)
async def it_was(asked: Asked, ref: str) -> None:
    """The button [It was sent] in the list of what waits."""
    await settle(asked, ref, service(asked, ProposalVerdictService).was)


@asks(Action.VERDICT, by_ref)
async def it_was_not(asked: Asked, ref: str) -> None:
    """The button [It was not] there."""
    await settle(asked, ref, service(asked, ProposalVerdictService).was_not)


async def press(asked: Asked, ref: str, act: Callable[[CommandId], Awaitable[Post | str]]) -> None:
    """Keep the press of a preview's button, answer, and only then act; the preview becomes the answer."""
    wish = server_wish_of(asked)
    proposals = service(asked, ProposalService)
    await two_phase(
        asked,
        stage=lambda: proposals.stage_press(wish, DraftId(ref)),
        accept=act,
        in_place=True,
    )


BUTTONS: ButtonHandlers = {
    "wait.was": it_was,
    "wait.was_not": it_was_not,
    "propose.yes": confirm,
    "propose.no": cancel,
    "propose.other": show_other,
    "propose.show": details,
}
