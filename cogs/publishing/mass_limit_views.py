"""A preview that is confirmed by typing, and /mass limits, which says when."""

from collections.abc import Mapping
from typing import Any

from discord import ui

from bot.access.policy import Action
from bot.discord.answers import private
from bot.discord.asking import actor_of, asks, by_draft, by_ref, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, WindowHandlers, service
from bot.discord.confirming import confirmed
from bot.discord.windows import open_window
from bot.features.publishing.proposals.service import ProposalService
from bot.features.publishing.safety.cancellation_service import MassMessageCancellationService
from bot.features.publishing.safety.limit_setting import MassCapSetting, MassLimitSetting
from bot.features.publishing.safety.quiet_hours_setting import QuietHoursSetting
from bot.model.language import msgid
from cogs.publishing.proposal_views import press
from storage.records import EffectId


class RecipientCountWindow(ui.Modal, title=msgid("How many people get it?")):
    """Its custom_id is all that the bridge needs to take it back."""

    count: ui.Label[Any] = ui.Label(
        text=msgid("Recipients, as shown in the preview"),
        description=msgid("Sending this window confirms it, once."),
        component=ui.TextInput(custom_id="count", max_length=20, required=True),
    )

    def __init__(self, ref: str) -> None:
        super().__init__(custom_id=f"v1:propose.count:{ref}")
        self.stop()  # as in `cogs.inbox.reply_windows`


async def limit_masses(
    asked: Asked, typed: Mapping[str, str | None], quiet: str | None, cap: Mapping[str, str | None]
) -> None:
    """/mass limits: apply the typed limits; without any, say all that hold."""
    permit = permit_of(asked)
    came, capped = _typed(typed), _typed(cap)
    nothing = not came and not capped and quiet is None

    async def deed() -> str:
        said = []
        if came or nothing:
            said.append(await service(asked, MassLimitSetting).set(permit, came))
        if quiet is not None or nothing:
            said.append(await service(asked, QuietHoursSetting).set(permit, quiet))
        if capped or nothing:
            said.append(await service(asked, MassCapSetting).set(permit, capped))
        return "\n".join(said)

    await private(asked, deed)


@asks(Action.MASS, by_ref)
async def stop_mass(asked: Asked, ref: str) -> None:
    """The button [Cancel] of a mass message that waits for its time: for members who may send them."""
    stop, actor = service(asked, MassMessageCancellationService).stop, actor_of(asked).user
    await private(asked, lambda: stop(actor, EffectId(ref)))


@asks(Action.MASS, by_draft)
async def count_window(asked: Asked, ref: str) -> None:
    """The button that confirms such a preview: a window, in which nothing is done yet."""
    await open_window(asked, RecipientCountWindow(ref))


@asks(Action.MASS, by_draft, confirms=True)
async def counted(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    proposals, proof, typed = service(asked, ProposalService), confirmed(asked), fields.get("count", "")
    await press(asked, ref, lambda command: proposals.confirm(command, proof, typed))


def _typed(options: Mapping[str, str | None]) -> dict[str, str]:
    return {name: words for name, words in options.items() if words is not None}


BUTTONS: ButtonHandlers = {
    "propose.count": count_window,
    "propose.stop": stop_mass,
}
WINDOWS: WindowHandlers = {
    "propose.count": counted,
}
