"""Tells that a mass message waits for a second person, and how that ended."""

from collections.abc import Callable

from bot.engine.channel_languages import in_channels
from bot.engine.member_languages import as_asked
from bot.engine.outbox import alert_changed, wanted_alert
from bot.features.publishing.safety import second_person_texts as wording
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.publishing import mass_requests
from storage.publishing.mass_requests import MassRequest
from storage.records import DiscordId

_PART = "second"


class SecondPersonNotices:
    """Notices in the alerts channel and to the proposer; each method is part of the caller's transaction."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def asked(self, tx: Transaction, request: MassRequest) -> None:
        await self._note(tx, request, "mass.ask", request.proposer)
        async with in_channels(tx, request.creator):
            line = wording.line(request)
        await self._line(tx, request, line, _PART)

    async def ended(self, tx: Transaction, request: MassRequest, shown: Callable[[], Post] | None) -> None:
        """Tell that it waits no longer. `shown`: makes what its proposer sees, if it is still known."""
        now = await mass_requests.get(tx, request.draft)
        assert now is not None, "it has just ended"
        await self._note(tx, now, wording.AUDIT.get(now.state, "mass.ended"), now.decided_by)
        command = await command_rows.get(tx, request.command)
        if command is not None and shown is not None:
            with as_asked(command):
                await self._ctx.commands.answer(tx, command, shown(), part=f"{_PART}:{now.state}")
        if now.state == "approved":  # what becomes of that is told by the effect
            return
        line, part = self._ctx.effects.ids.effect(now.draft, _PART), f"{_PART}:{now.state}:line"
        async with in_channels(tx, now.creator):
            over, told = wording.asked_line_ended(now), wording.ended_line(now)
        await self._ctx.effects.add(
            tx, alert_changed(now.creator, line, cause=now.draft, part=part, post=over)
        )
        if now.state != wording.WITHDRAWN:  # nobody but its proposer could have learned of that
            await self._line(tx, now, told, f"{_PART}:{now.state}")

    async def _line(self, tx: Transaction, request: MassRequest, post: Post, part: str) -> None:
        await self._ctx.effects.add(
            tx, wanted_alert(request.creator, cause=request.draft, part=part, post=post)
        )

    async def _note(
        self, tx: Transaction, request: MassRequest, action: str, actor: DiscordId | None
    ) -> None:
        await self._ctx.effects.trail.write(
            tx,
            action,
            request.state,
            target=request.draft,
            actor=actor,
            creator=request.creator,
            cause=request.command,
        )
