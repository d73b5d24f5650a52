"""A preview that is confirmed by typing, and /mass-limits, which says when."""

from collections.abc import Mapping
from typing import Any

from discord import ui

from bot.access.policy import Action
from bot.guild.answers import private
from bot.guild.asking import asks, by_draft, permit_of
from bot.guild.bridge import Asked
from bot.guild.confirming import confirmed
from bot.guild.proposing import press


class CountWindow(ui.Modal, title="How many people get it?"):
    """Its custom_id is all that the bridge needs to take it back."""

    count: ui.Label[Any] = ui.Label(
        text="Recipients, as the preview has them",
        description="Sending this window sends the mass message, once.",
        component=ui.TextInput(custom_id="count", max_length=20, required=True),
    )

    def __init__(self, ref: str) -> None:
        super().__init__(custom_id=f"v1:propose.count:{ref}")
        self.stop()  # as in `bot.guild.windows`


async def limit_masses(asked: Asked, typed_above: str | None) -> None:
    """/mass-limits."""
    permit = permit_of(asked)
    await private(asked, lambda: asked.client.uses.mass_limits.limit(permit, typed_above))


@asks(Action.MASS, by_draft)
async def count_window(asked: Asked, ref: str) -> None:
    """The button that confirms such a preview: a window, in which nothing is done yet."""
    await asked.response.send_modal(CountWindow(ref))


@asks(Action.MASS, by_draft, confirms=True)
async def counted(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    """The window, sent."""
    proposals, proof, typed = asked.client.uses.proposals, confirmed(asked), fields.get("count", "")
    await press(asked, ref, lambda command: proposals.confirm(command, proof, typed))
