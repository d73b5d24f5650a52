"""A template as many fans would read it: filled in with what is true for all."""

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.relay.ports import Clock, Outgoing
from bot.relay.template import filled
from bot.relay.variables import value_of
from bot.relay.zones import DEFAULT_ZONE
from bot.templates.filling import days_of
from bot.templates.finding import Finding
from storage import creators, digests
from storage.database import Database, Transaction


class Texts:
    """Whether somebody may use templates for this creator was asked before."""

    def __init__(self, finding: Finding, *, database: Database, clock: Clock) -> None:
        self._finding = finding
        self._database = database
        self._clock = clock

    async def like(self, permit: Permit) -> Sequence[tuple[str, str]]:
        """Words and ids, the newest used first."""
        return await self._finding.like(permit, "")

    async def filled(self, permit: Permit, wanted: str) -> Outgoing:
        """One of them. Raises TemplateRefused, too where it needs a fan's name."""
        assert permit.creator is not None, "the action is about a creator"
        whose = permit.creator

        async def work(tx: Transaction) -> Outgoing:
            kept = await self._finding.one(tx, permit, wanted)
            creator = await creators.get(tx, whose)
            zone = await digests.zone(tx, whose) or DEFAULT_ZONE
            values = {
                "creator": value_of(creator.display_name or creator.handle) if creator else None,
                **days_of(self._clock.now(), zone),
            }
            return filled(self._finding.message(kept), values)

        return await self._database.read(work)
