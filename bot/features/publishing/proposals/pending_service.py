"""Pending proposals of any kind: shown as they are now, let go, or given up."""

from bot.engine.channel_languages import in_channels
from bot.engine.effect_handler import Body
from bot.engine.member_languages import as_asked
from bot.engine.outbox import unpack_post
from bot.engine.sending_pauses import why_held
from bot.features.publishing.proposals import texts, waiting_lines
from bot.features.publishing.proposals.model import is_proposed
from bot.model.language import tr, tr_stored
from bot.model.ports import Post
from bot.relay import scheduled_replies
from bot.relay.context import Context
from bot.relay.send_effects import show_state
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import outbox, stream_heads
from storage.records import CommandId, Effect, EffectId, EffectState


class PendingProposalService:
    """Every method is part of the caller's transaction."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def show(self, tx: Transaction, ref: EffectId, part: str) -> None:
        """Have it seen as it is now, where it is shown: in its thread, or in the answer to its press."""
        effect = await outbox.get(tx, ref)
        if effect is None:
            return
        if effect.kind == scheduled_replies.KIND:
            await scheduled_replies.given_up(tx, self._ctx.effects, effect, part)
            return
        if not is_proposed(effect.kind):
            await show_state(tx, self._ctx.effects, effect, part)
            return
        body = self._ctx.effects.body(effect)
        command = await command_rows.get(tx, CommandId(body["command"]))
        if command is None:
            return
        held, doubted = await why_held(tx, effect), await stream_heads.doubted_before(tx, ref)
        with as_asked(command):
            post = _shown(effect, body, held, behind=doubted)
        await self._ctx.commands.answer(tx, command, post, part=f"{effect.id}:{part}")

    async def let_go(self, tx: Transaction, ref: EffectId, part: str) -> None:
        """Carry it out now, unless something else holds it."""
        effect = await outbox.get(tx, ref)
        if effect is not None:
            self._ctx.dispatch.wake(tx, effect.stream)
            await self.show(tx, ref, part)

    async def give_up(self, tx: Transaction, ref: EffectId, part: str, reason: str) -> bool:
        """Cancel what has surely not begun; False when it has, or is over."""
        effect = await outbox.get(tx, ref)
        if effect is None or effect.state is not EffectState.PENDING:
            return False
        await stream_heads.end(tx, ref, EffectState.CANCELLED, now=self._ctx.clock.now(), reason=reason)
        await self._ctx.effects.trail.became(tx, effect, EffectState.CANCELLED)
        self._ctx.dispatch.wake(tx, effect.stream)  # whatever waits behind it
        await self.show(tx, ref, part)
        if is_proposed(effect.kind):
            async with in_channels(tx, effect.creator):
                sentence = texts.line(EffectState.CANCELLED, self._ctx.effects.body(effect))
                await waiting_lines.ends(tx, self._ctx.effects, effect, sentence, EffectState.CANCELLED.value)
        return True


def _shown(effect: Effect, body: Body, held: str | None, *, behind: bool) -> Post:
    noun, done = tr(body["noun"]), tr(body["done"])
    title = texts.waits(body["noun"])
    small = tr(texts.BEHIND) if behind else tr("It is {done} once.", done=done)
    if held:
        title, small = tr("{noun}: held", noun=noun), tr_stored(held)
    if effect.state is EffectState.CANCELLED:
        title = tr("{noun}: not {done}", noun=noun, done=done)
        small = f"{tr_stored(effect.reason or '')} {texts.again(body)}"
    return texts.ended(unpack_post(body["shown"]), title, small, effect.state)
