"""Cancel: a reply that waits for its time is taken back, and its text stays (R10)."""

from typing import Any

from bot.engine.settlements import settled_by
from bot.features.inbox.checks import texts as kept_wording
from bot.features.inbox.checks.pending_replies import CANCELLED, KeepReason, PendingReplies
from bot.features.inbox.holding import texts
from bot.model.errors import SealDamaged
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.send_effects import outgoing, show_state
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import drafts, outbox
from storage.inbox import threads
from storage.records import Command, CommandId, DiscordId, DraftId, Effect, EffectId, EffectState


class ReplyCancellationService:
    """Cancel and sending are two steps from the same state: exactly one of them is taken."""

    def __init__(self, ctx: Context, *, kept: PendingReplies) -> None:
        self._ctx = ctx
        self._kept = kept

    async def cancel(self, actor: DiscordId, channel: DiscordId, ref: EffectId) -> Post | str | None:
        """Take it back, or say that it was too late. None: it is cancelled, and the message goes on since."""

        async def work(tx: Transaction) -> Post | str | None:
            send = await outbox.get(tx, ref)
            command = await self._theirs(tx, send, actor, channel)
            if send is None or command is None:
                return tr(texts.NOT_YOURS)
            if await outbox.withdraw(tx, send.id, now=self._ctx.clock.now()):
                return await self._cancelled(tx, send, command)
            if send.state is EffectState.CANCELLED:
                return await self._again(tx, send, command)
            return texts.too_late(await settled_by(tx, send))

        return await self._ctx.database.write(work)

    async def _theirs(
        self, tx: Transaction, send: Effect | None, actor: DiscordId, channel: DiscordId
    ) -> Command | None:
        thread = await threads.by_discord(tx, channel)
        if send is None or thread is None or send.kind != "chat.send":
            return None
        command = await command_rows.get(tx, CommandId(send.cause))
        here = (thread.creator, thread.fan) == (send.creator, send.fan)
        return command if here and command is not None and command.actor == actor else None

    async def _cancelled(self, tx: Transaction, send: Effect, command: Command) -> Post | str:
        trail = self._ctx.effects.trail
        await trail.became(tx, send, EffectState.CANCELLED)
        creator, fan = send.creator, send.fan
        await trail.write(
            tx, "reply.cancel", "done", actor=command.actor, creator=creator, fan=fan, cause=send.id
        )
        await show_state(tx, self._ctx.effects, send, "cancelled")
        body = self._body(command)
        if "text" not in body:
            return tr(texts.NO_TEXT)
        await command_rows.keep(tx, command.id)
        priced = outgoing(body).price is not None
        await self._kept.keep(tx, command, KeepReason(CANCELLED, 0), priced=priced, ref=self._ref(send))
        return self._shown(send, body)

    async def _again(self, tx: Transaction, send: Effect, command: Command) -> Post | None:
        """The first press may not have been shown."""
        draft, body = await drafts.get(tx, self._ref(send)), self._body(command)
        still = draft is not None and draft.state == "open" and "text" in body
        return self._shown(send, body) if still else None

    def _shown(self, send: Effect, body: dict[str, Any]) -> Post:
        return kept_wording.kept(self._ref(send), [tr(texts.CANCELLED)], outgoing(body))

    def _ref(self, send: Effect) -> DraftId:
        return DraftId(self._ctx.effects.ids.effect(send.id, "cancelled"))

    def _body(self, command: Command) -> dict[str, Any]:
        try:
            return self._ctx.commands.body(command)
        except SealDamaged:  # what does not open can be cancelled all the same
            return {}
