"""/review posts: suggested posts that wait, and the button that refuses one."""

from bot.access.policy import Action
from bot.guild.answers import Said, Shown, private
from bot.guild.asking import asks, by_draft, permit_of, permits_of
from bot.guild.bridge import Asked
from storage.records import DraftId


async def show_suggestions(asked: Asked) -> None:
    """Answer privately with the one that waits longest."""
    permits, suggestions = permits_of(asked), asked.client.uses.suggestions

    async def deed() -> Said:
        return Shown(await suggestions.first(permits))

    await private(asked, deed)


@asks(Action.POST, by_draft)
async def refuse(asked: Asked, ref: str) -> None:
    """The button [Refuse]."""
    permit, suggestions = permit_of(asked), asked.client.uses.suggestions

    async def deed() -> Said:
        return await suggestions.refuse(permit, DraftId(ref))

    await private(asked, deed, in_place=True)
