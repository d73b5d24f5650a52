"""Handler of a mark: one PATCH on Fanvue, in its chat's own stream of marks."""

from typing import Protocol

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, SettlingMethod, fan_of
from bot.features.inbox.chat_settings import texts
from bot.features.inbox.chat_settings.model import ChatSettingsChange, unpacked
from bot.model.acting_account import ANOTHER_WAY, ActingAccountChooser, CallAccount
from bot.model.errors import DeliveryRefused, TargetGone, TryLater
from bot.relay.context import Context
from bot.relay.lines import ThreadOwner, add_post
from bot.text import render
from storage.database import Transaction
from storage.engine import audit_log, outbox
from storage.inbox import conversations
from storage.operations import attention
from storage.records import CreatorId, Effect, EffectState, FanId

KIND = "chat.mark"
OPERATION = "change_chat"


class ChatSettingsPort(Protocol):
    """A creator's chats on Fanvue; `bot.features.inbox.chat_settings.fanvue` is it."""

    async def change(
        self, creator: CreatorId, fan: FanId, mark: ChatSettingsChange, *, voice: CallAccount | None = None
    ) -> None:
        """Have the chat look like this."""


class ChatSettingsHandler(EffectHandler):
    """A mark whose answer was lost is made again: it is a state, and the same twice is the same once.

    In its stream each is settled before the next begins, so a repeat undoes no later one.
    """

    settling = SettlingMethod.REPEAT

    def __init__(self, ctx: Context, *, there: ChatSettingsPort, voices: ActingAccountChooser) -> None:
        self._ctx = ctx
        self._there = there
        self._voices = voices

    async def ready(self, tx: Transaction, effect: Effect) -> bool:
        """Always; through whose account it goes is decided in the commit in which it begins."""
        if effect.state is EffectState.PENDING:
            asked = await audit_log.last_by_a_person(tx, effect.id)
            await self._voices.choose(tx, effect, asked.actor if asked else None, OPERATION)
        return True

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Ask Fanvue once. What the fan wrote since is not marked as read by a wish from before it."""
        mark, fan = unpacked(body), fan_of(effect)
        if mark.read and await self._newest(effect.creator, fan) != mark.newest:
            return Moot(texts.WROTE_MEANWHILE)
        voice = await self._voices.chosen(effect.id)
        try:
            await self._there.change(effect.creator, fan, mark, voice=voice)
        except (TargetGone, DeliveryRefused, TryLater) as failed:
            if await self._voices.elsewhere(effect.creator, voice, failed):
                raise TryLater(ANOTHER_WAY, after=0) from failed
            raise
        return Done()

    async def settled(self, tx: Transaction, effect: Effect, state: EffectState) -> None:
        """Say failures in the thread; successes are to be seen on Fanvue."""
        if state in (EffectState.DONE, EffectState.UNKNOWN) or effect.fan is None:
            return
        now = await outbox.get(tx, effect.id) or effect
        if state is EffectState.PENDING and await attention.why(tx, effect.id) is None:
            return  # it is tried again by itself, soon
        said = texts.did_not(unpacked(self._ctx.effects.body(effect)), now.reason)
        await add_post(
            tx,
            self._ctx.effects,
            ThreadOwner(effect.creator, effect.fan),
            cause=effect.id,
            part=f"{state}:{effect.attempts}:{now.reason or ''}",
            make=lambda ref: render.note(said, ref=ref, at=self._ctx.clock.now()),
        )

    async def _newest(self, creator: CreatorId, fan: FanId) -> str | None:
        return (
            await self._ctx.database.read(lambda tx: conversations.known(tx, creator, fan))
        ).last_in_message
