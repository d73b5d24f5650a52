"""Tells what became of what was confirmed: privately, and in the alerts channel."""

from bot.engine.effect_handler import Body
from bot.engine.outbox import unpack_post, wanted_alert
from bot.features.publishing.proposals import texts, waiting_lines
from bot.model.language import tr
from bot.model.ports import Button, Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.records import CommandId, Effect, EffectState


class ProposalNotices:
    """Adds the two effects that show an end; both are of the commit that records it."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def private(
        self,
        tx: Transaction,
        effect: Effect,
        body: Body,
        title: str,
        small: str,
        state: EffectState,
        buttons: tuple[Button, ...] = (),
    ) -> None:
        """Have the answer to the press show it, while Discord still lets the bridge edit that."""
        command = await command_rows.get(tx, CommandId(body["command"]))
        if command is None:
            return
        post = texts.ended(unpack_post(body["shown"]), title, small, state, buttons)
        part = f"{effect.id}:{state}:{effect.attempts}:{effect.reason or ''}"
        await self._ctx.commands.answer(tx, command, post, part=part)

    async def for_good(
        self, tx: Transaction, effect: Effect, sentence: str, how: str, buttons: tuple[Button, ...] = ()
    ) -> None:
        """Say it in the creator's alerts channel: that it happened, never its content.

        What waited for its time has a line there already, which says it from now on.
        """
        if await waiting_lines.ends(tx, self._ctx.effects, effect, sentence, how, buttons):
            return
        part = f"note:{how}"
        ref = self._ctx.effects.ids.effect(effect.id, part)
        post = Post(body=(sentence,), buttons=(Button(texts.SHOW, ref, tr("Show me")), *buttons))
        await self._ctx.effects.add(tx, wanted_alert(effect.creator, cause=effect.id, part=part, post=post))
