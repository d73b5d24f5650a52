"""After a start: keeps leads' own texts that did not count."""

from bot.engine.member_languages import as_asked
from bot.features.inbox.approvals import texts
from bot.features.inbox.approvals.case_service import ApprovalCaseService, ApprovalView
from bot.model.errors import SealDamaged
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import drafts
from storage.records import Command, DraftId


class ApprovalRecoveryService:
    """A window is closed once it was sent: until its words count, they lie in the lead's command alone."""

    def __init__(self, ctx: Context, *, looking: ApprovalCaseService) -> None:
        """`answer`: for how long Discord lets an answer be changed."""
        self._ctx = ctx
        self._looking = looking
        self._answer = ctx.waits.answer

    async def resume(self) -> int:
        """Before what is staged is cancelled; how many there were."""
        return await self._ctx.database.write(self._resume)

    async def _resume(self, tx: Transaction) -> int:
        since, number = self._ctx.clock.now() - self._answer, 0
        for command in await self._ctx.commands.left(tx):
            if command.action == texts.PRESSED and command.created_at >= since:
                number += await self._keep(tx, command)
        return number

    async def _keep(self, tx: Transaction, command: Command) -> bool:
        try:
            has_text = "text" in self._ctx.commands.body(command)
        except SealDamaged:
            return False  # one damaged row must not stop a start
        shown = await drafts.get(tx, DraftId(command.target)) if has_text else None
        before = self._looking.read(shown) if shown is not None else None
        if shown is None or before is None or not await command_rows.accept(tx, command.id):
            return False
        look = await self._looking.keep(tx, ApprovalView(before.kept, {}, command.id, before.number), shown)
        with as_asked(command):
            post = texts.interrupted(look)
        await self._ctx.commands.answer(tx, command, post, part=f"kept:{look}")
        return True
