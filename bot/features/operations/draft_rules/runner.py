"""Sends drafts by their rules once it is time, or leaves them to people."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from bot.engine.audit_log import AuditLog
from bot.engine.channel_languages import in_channels, opened, spoken_in
from bot.engine.sending_pauses import why_not
from bot.engine.supervision import BackgroundTask, periodic
from bot.features.operations.draft_rules import texts
from bot.features.operations.draft_rules.lines import shown_at
from bot.features.operations.draft_rules.model import DraftRuleSender, DraftStays
from bot.features.operations.draft_rules.turns import SENT, STAYS, DraftRuleTurns, DraftTurn, in_force
from bot.model.language import speaking, tr
from storage.database import Database, Transaction
from storage.engine import drafts
from storage.errors import DatabaseUnreachable
from storage.people.draft_rules import DraftRule

log = logging.getLogger(__name__)

_PREPARES = 60.0  # seconds for what has to be looked up on Fanvue
_SECONDS = 5.0  # between two looks
_LIMIT = 120.0


class DraftRuleRunner:
    """What leaves is one transaction: all that follows, or nothing. What it needs is looked up before."""

    def __init__(
        self,
        *,
        database: Database,
        turns: DraftRuleTurns,
        senders: Sequence[DraftRuleSender],
        trail: AuditLog,
    ) -> None:
        self._database = database
        self._turns = turns
        self._senders = {sender.kind: sender for sender in senders}
        self._trail = trail

    async def look(self) -> None:
        """Send all that is due."""
        for turn in await self._database.read(self._turns.due):
            await self._run(turn)

    def task(self, *, divisor: float) -> BackgroundTask:
        """The background task; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("draft rules", run, _LIMIT)

    async def _run(self, turn: DraftTurn) -> None:
        try:
            rule = await self._database.write(lambda tx: self._may_leave(tx, turn))
            if rule is None:
                return
            prepared = await self._prepared(turn, rule)
            await self._database.write(lambda tx: self._send(tx, turn, prepared))
        except DatabaseUnreachable:
            raise
        except DraftStays as stays:
            why = str(stays)
            await self._database.write(lambda tx: self._stays(tx, turn, why))
        except Exception as failed:  # noqa: BLE001 - one draft must not end what sends all others
            log.error("a draft was not sent by its rule: %s", type(failed).__name__)  # noqa: TRY400 - no texts
            await self._database.write(lambda tx: self._stays(tx, turn, None))

    async def _prepared(self, turn: DraftTurn, rule: DraftRule) -> Any:
        spoken = await opened(await self._database.read(lambda tx: spoken_in(tx, rule.creator)))
        with speaking(spoken):
            async with asyncio.timeout(_PREPARES):
                return await self._senders[turn.kind].prepare(turn.draft)

    async def _may_leave(self, tx: Transaction, turn: DraftTurn) -> DraftRule | None:
        """The rule by which it leaves now; None: not now, or no more. Raises DraftStays."""
        now, draft = await drafts.get(tx, turn.row.id), await drafts.get(tx, turn.draft)
        if now is None or now.state != "open":
            return None
        if draft is None or draft.state != "open" or draft.creator is None:  # a person, or its program, did
            await self._turns.settle(tx, now, STAYS)
            return None
        async with in_channels(tx, draft.creator):
            rule = await in_force(tx, draft.creator, turn.kind)
            if rule is None:
                raise DraftStays(tr(texts.NO_RULE))
            if (paused := await why_not(tx, rule.creator, rule.by)) is not None:
                raise DraftStays(paused)
            if not await self._turns.ripe(tx, turn, rule, await shown_at(tx, turn.draft)):
                return None
            if (why := await self._turns.why_not(tx, rule, self._turns.now)) is not None:
                raise DraftStays(tr(texts.WHY_NOT[why]))
        return rule

    async def _send(self, tx: Transaction, turn: DraftTurn, prepared: Any) -> None:
        rule, row = await self._may_leave(tx, turn), turn.row
        if rule is None or not await self._turns.settle(tx, row, SENT, rule.by):
            return
        async with in_channels(tx, rule.creator):
            await self._senders[turn.kind].send(tx, turn.draft, rule, prepared)
        await self._trail.write(tx, "draft.rule", "done", target=turn.kind, creator=rule.creator)

    async def _stays(self, tx: Transaction, turn: DraftTurn, why: str | None) -> None:
        """`why`: None where nobody foresaw it."""
        now, creator = await drafts.get(tx, turn.row.id), turn.row.creator
        if now is None or creator is None or not await self._turns.settle(tx, now, STAYS):
            return
        async with in_channels(tx, creator):
            await self._senders[turn.kind].stays(tx, turn.draft, why or tr(texts.FAILED))
        await self._trail.write(tx, "draft.stays", "done", target=turn.kind, creator=creator)
