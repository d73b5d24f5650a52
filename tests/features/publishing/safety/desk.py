"""`MassSafety` of a desk: whatever is typed holds, whatever waits is cancelled."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Mapping

from bot.access.permits import ActionConfirmation, Actor, Permit
from bot.access.policy import Action
from bot.engine.commands import CommandWish
from bot.features.publishing.safety.cancellation_service import MassMessageCancellationService
from bot.features.publishing.safety.limit_setting import MassCapSetting, MassLimitSetting
from bot.features.publishing.safety.quiet_hours_setting import QuietHoursSetting
from bot.features.publishing.safety.second_person_service import SecondPersonService
from bot.model.ports import Post
from storage.records import CommandId, DiscordId, DraftId, EffectId
from tests.discord.desk import Desk, DeskServices


class DeskMassCap:
    """A cap that nobody keeps."""

    async def set(self, permit: Permit, typed: Mapping[str, str]) -> str:
        return "Set."


class DeskQuietHours:
    """Hours that nobody keeps."""

    async def set(self, permit: Permit, typed: str | None) -> str:
        return f"Quiet: {typed}."


class DeskMassSafety:
    """Limits that nobody keeps."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def look(self, actor: Actor, ref: DraftId) -> Post | str:
        return "Looked at."

    async def stage(self, wish: CommandWish, ref: DraftId) -> CommandId | None:
        return self._desk.keep(wish, "second")

    async def cancel(self, command: CommandId) -> None:
        return None

    async def approve(self, command: CommandId, yes: ActionConfirmation) -> Post | str:
        yes.question(Action.MASS)
        return "Confirmed."

    async def refuse(self, command: CommandId, actor: Actor) -> Post | str:
        return "Refused."

    async def set(self, permit: Permit, typed: Mapping[str, str]) -> str:
        return f"Typed: {sorted(typed)}."

    async def stop(self, actor: DiscordId, ref: EffectId) -> str:
        return "Cancelled."


def stand_ins(desk: Desk) -> DeskServices:
    """Who stands for which service."""
    one = DeskMassSafety(desk)
    return {
        MassCapSetting: DeskMassCap(),
        MassLimitSetting: one,
        MassMessageCancellationService: one,
        QuietHoursSetting: DeskQuietHours(),
        SecondPersonService: one,
    }
