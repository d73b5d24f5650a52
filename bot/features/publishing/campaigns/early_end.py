"""The end of a mass message that Fanvue has not named yet: it waits for that.

The content of such an end has `of`, the effect that sends the message, in place of the message's id.
"""

from collections.abc import Mapping
from typing import Any

from bot.engine.member_languages import in_answer
from bot.engine.outbox import Effects
from bot.features.publishing.campaigns import early_end_texts
from bot.features.publishing.proposals.effects import ProposalContext
from bot.features.publishing.proposals.model import Content
from bot.features.publishing.proposals.withdrawal import withdraw
from bot.model.language import tr
from storage.database import Transaction
from storage.engine import outbox
from storage.records import DiscordId, Effect, EffectId, EffectState, Millis

_SOON: Millis = 1_000  # between two looks at a send that is under way
_SELDOM: Millis = 5_000  # at one whose fate is being looked for, or is a person's to say
_OPEN = (EffectState.SENDING, EffectState.UNKNOWN, EffectState.ABSENT)
WITHDRAWN, NEVER, UNNAMED, LATE = "withdrawn", "never", "unnamed", "late"  # why no DELETE follows


def is_early(content: Content) -> bool:
    return bool(content.get("of"))


class EarlyEnds:
    """Decides in the transaction in which such an end would begin."""

    def __init__(self, ground: ProposalContext) -> None:
        self._ground = ground

    async def is_ready(self, tx: Transaction, end: Effect, body: Mapping[str, Any]) -> bool:
        """Whether it may begin. Otherwise it is looked at again: soon, or with the message's id in it."""
        content = body["content"]
        if not is_early(content) or content.get("because"):
            return True
        send = await outbox.get(tx, EffectId(content["of"]))
        if send is not None and send.state is EffectState.PENDING:
            done = await self._withdraw(tx, send, DiscordId(body["actor"]))
            return await self._goes_on(tx, end, body, because=WITHDRAWN if done else None)
        if send is not None and send.state in _OPEN and not self._is_late(end):
            await self._wait(tx, end, body, send)
            return False
        if send is None or send.state is not EffectState.DONE:
            late = send is not None and send.state in _OPEN
            return await self._goes_on(tx, end, body, because=LATE if late else NEVER)
        if send.external_id is None:
            return await self._goes_on(tx, end, body, because=UNNAMED)
        return await self._goes_on(tx, end, body, message=send.external_id)

    async def _withdraw(self, tx: Transaction, send: Effect, by: DiscordId) -> bool:
        on = self._ground
        return await withdraw(tx, on.ctx.effects, on.telling, send, by=by, now=on.ctx.clock.now())

    def _is_late(self, end: Effect) -> bool:
        return self._ground.ctx.clock.now() > end.created_at + self._ground.ctx.waits.stale

    async def _wait(self, tx: Transaction, end: Effect, body: Mapping[str, Any], send: Effect) -> None:
        on = self._ground
        pause = _SOON if send.state is EffectState.SENDING else _SELDOM
        await outbox.put_off(tx, end.id, not_before=on.ctx.clock.now() + pause)
        on.ctx.effects.wake(tx, end.stream)
        async with in_answer(tx, body["command"]):
            title, small = tr(early_end_texts.WAITING), tr(early_end_texts.WAITING_FOR)
            await on.telling.private(tx, end, body, title, small, EffectState.PENDING)

    async def _goes_on(
        self,
        tx: Transaction,
        end: Effect,
        body: Mapping[str, Any],
        *,
        because: str | None = None,
        message: str = "",
    ) -> bool:
        """Write down what was found out; the effect is taken again with it."""
        effects: Effects = self._ground.ctx.effects
        content = {**body["content"], "campaign": message, "because": because}
        if message:
            content["of"] = None
        await effects.rewrite(tx, end, kind=end.kind, body={**body, "content": content}, since=None)
        effects.wake(tx, end.stream)
        return False
