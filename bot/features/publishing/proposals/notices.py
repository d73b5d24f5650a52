"""Tells what became of what was confirmed: privately, and in the alerts channel."""

from bot.engine.commands import Commands
from bot.engine.effect_handler import Body
from bot.engine.outbox import Effects, unpack_post, wanted_alert
from bot.features.publishing.proposals import texts, waiting_lines
from bot.model.language import tr
from bot.model.ports import Button, Post
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.records import CommandId, Effect, EffectState


class ProposalNotices:
    """Adds the two effects that show an end; both are of the commit that records it."""

    def __init__(self, *, commands: Commands, effects: Effects) -> None:
        self._commands = commands
        self._effects = effects

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
        await self._commands.answer(tx, command, post, part=part)

    async def for_good(
        self, tx: Transaction, effect: Effect, sentence: str, how: str, buttons: tuple[Button, ...] = ()
    ) -> None:
        """Say it in the creator's alerts channel: that it happened, never its content.

        What waited for its time has a line there already, which says it from now on.
        """
        if await waiting_lines.ends(tx, self._effects, effect, sentence, how, buttons):
            return
        part = f"note:{how}"
        ref = self._effects.ids.effect(effect.id, part)
        post = Post(body=(sentence,), buttons=(Button(texts.SHOW, ref, tr("Show me")), *buttons))
        await self._effects.add(tx, wanted_alert(effect.creator, cause=effect.id, part=part, post=post))
