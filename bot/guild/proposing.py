"""Proposing something for one's own creator: private preview and its buttons."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.guild.answers import ONLY_ON_A_SERVER, Said, Shown, private, tell, two_phase, wish_of
from bot.guild.bridge import Asked
from bot.guild.choosing import own_link
from bot.guild.inbox import settle
from bot.relay.ports import Post
from storage.records import CommandId, DraftId, EffectId


async def propose(asked: Asked, feature: str, chosen: str | None, content: Mapping[str, Any]) -> None:
    """Answer privately with the preview of what this feature would do for the chosen creator.

    The creator must be the asking person's own. What can be refused without looking anything up, the
    cog refuses before this.
    """
    wish = wish_of(asked)
    if wish is None:
        await tell(asked, ONLY_ON_A_SERVER)
        return
    link = await own_link(asked, chosen)
    if isinstance(link, str):
        await tell(asked, link)
        return
    proposals = asked.client.uses.proposals

    async def show(command: CommandId) -> Said:
        return Shown(await proposals.show(command))

    await two_phase(
        asked,
        stage=lambda: proposals.stage(wish, link, feature, content),
        accept=show,
        cancel=proposals.cancel_command,
    )


async def confirm(asked: Asked, ref: str) -> None:
    """The button [Confirm]."""
    await _press(asked, ref, asked.client.uses.proposals.confirm)


async def cancel(asked: Asked, ref: str) -> None:
    """The button [Cancel]."""
    await _press(asked, ref, asked.client.uses.proposals.cancel)


async def details(asked: Asked, ref: str) -> None:
    """The button under a note in the alerts channel."""
    wish = wish_of(asked)
    if wish is None:
        await tell(asked, ONLY_ON_A_SERVER)
        return

    async def deed() -> Said:
        return _said(await asked.client.uses.proposals.details(EffectId(ref), wish.actor))

    await private(asked, deed)


async def it_was(asked: Asked, ref: str) -> None:
    """The button [It was sent] in the list of what waits."""
    await settle(asked, ref, asked.client.uses.verdicts.was)


async def it_was_not(asked: Asked, ref: str) -> None:
    """The button [It was not] there."""
    await settle(asked, ref, asked.client.uses.verdicts.was_not)


async def _press(asked: Asked, ref: str, act: Callable[[CommandId], Awaitable[Post | str]]) -> None:
    wish = wish_of(asked)
    if wish is None:
        await tell(asked, ONLY_ON_A_SERVER)
        return
    proposals = asked.client.uses.proposals

    async def stage() -> CommandId | None:
        return await proposals.stage_press(wish, DraftId(ref))

    async def accept(command: CommandId) -> Said:
        return _said(await act(command))

    await two_phase(asked, stage=stage, accept=accept, cancel=proposals.cancel_command, in_place=True)


def _said(found: Post | str) -> Said:
    return Shown(found) if isinstance(found, Post) else found
