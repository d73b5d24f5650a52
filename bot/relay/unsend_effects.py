"""Takes a sent reply back on Fanvue, once its line was deleted in Discord (D10)."""

from dataclasses import replace

from bot.engine.effect_handler import Body, Done, EffectHandler, Outcome, SettlingMethod, fan_of
from bot.engine.outbox import EffectRequest, Effects, pack_post
from bot.engine.settlements import settled_by
from bot.engine.streams import discord_stream, fanvue_stream
from bot.model.acting_account import NEEDS_OWN, ActingAccountChooser
from bot.model.ports import Button, Clock, FanvuePort, Post
from bot.relay.lines import ThreadOwner, add_post
from bot.text import render
from storage.database import Database, Transaction
from storage.engine import audit_log, outbox
from storage.inbox import messages, threads
from storage.people import creators
from storage.records import DiscordId, Effect, EffectId, EffectState, FanvueMessageId, LinkKind

KIND = "chat.unsend"
_DELETED = (
    "The line of a sent reply was deleted here. This does not change Fanvue: the fan still has the message."
)
_BOUGHT = "The fan has bought it, so Fanvue does not take it back."
_NOTHING = "This button belongs to no message that was sent from here."


class UnsendService:
    """Says what deleting a line does not do, and takes the word that does it."""

    def __init__(self, *, database: Database, effects: Effects, clock: Clock) -> None:
        self._database = database
        self._effects = effects
        self._clock = clock

    async def line_deleted(self, message: DiscordId) -> None:
        """A Discord message is gone; if it showed a reply that was sent, its thread is told."""

        async def work(tx: Transaction) -> None:
            paired = await messages.of_discord(tx, message)
            send = await outbox.get(tx, paired.effect) if paired and paired.effect else None
            if paired is None or send is None or send.state is not EffectState.DONE:
                return
            bought = paired.bought_at is not None
            await add_post(
                tx,
                self._effects,
                ThreadOwner(paired.creator, paired.fan),
                cause=send.id,
                part=f"deleted:{message}",
                make=lambda ref: _note(ref, self._clock.now(), _BOUGHT if bought else None),
            )

        await self._database.write(work)

    async def unsend(self, note: EffectId, actor: DiscordId, channel: DiscordId) -> str:
        """Have the reply behind a note in this channel taken back; return words for the member."""

        async def work(tx: Transaction) -> str:
            told = await outbox.get(tx, note)
            thread = await threads.by_discord(tx, channel)
            paired = await messages.of_effect(tx, EffectId(told.cause)) if told else None
            if told is None or paired is None or thread is None:
                return _NOTHING
            if (thread.creator, thread.fan) != (paired.creator, paired.fan):
                return _NOTHING
            if paired.bought_at is not None:
                return _BOUGHT
            link = await creators.open_link(tx, paired.creator)
            if link is not None and link.kind is LinkKind.STEWARD:
                return NEEDS_OWN
            wanted = EffectRequest(
                network="fanvue",
                kind=KIND,
                stream=fanvue_stream(paired.creator, paired.fan),
                creator=paired.creator,
                fan=paired.fan,
                cause=told.cause,
                part="unsend",
                body={"message": paired.message, "sent_at": paired.sent_at, "note": note},
            )
            added = await self._effects.add(tx, wanted)
            if added is None:
                return await settled_by(tx, await outbox.by_cause(tx, told.cause, "unsend"))
            await self._write_down(tx, actor, wanted, added)
            return "Fanvue is asked to take it back. This thread shows what comes of it."

        return await self._database.write(work)

    async def _write_down(
        self, tx: Transaction, actor: DiscordId, wanted: EffectRequest, effect: EffectId
    ) -> None:
        await self._effects.trail.write(
            tx,
            "reply.unsend",
            "accepted",
            actor=actor,
            creator=wanted.creator,
            fan=wanted.fan,
            cause=effect,
        )


class UnsendHandler(EffectHandler):
    """Take one message back. Of an attempt of unknown fate the chat tells: the message is there or not."""

    settling = SettlingMethod.SEARCH

    def __init__(
        self, *, fanvue: FanvuePort, effects: Effects, clock: Clock, voices: ActingAccountChooser
    ) -> None:
        self._fanvue = fanvue
        self._effects = effects
        self._clock = clock
        self._voices = voices

    async def ready(self, tx: Transaction, effect: Effect) -> bool:
        """Always; Fanvue lets nobody but the creator take a message back, which the audit says."""
        if effect.state is EffectState.PENDING:
            asked = await audit_log.last_by_a_person(tx, effect.id)
            await self._voices.choose(tx, effect, asked.actor if asked else None, None)
        return True

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Ask Fanvue once; one that is gone already is taken back."""
        await self._fanvue.unsend(effect.creator, fan_of(effect), FanvueMessageId(body["message"]))
        return Done()

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Done if the chat has the message no more. If it has, asking once more does no harm."""
        message = FanvueMessageId(body["message"])
        there = await self._fanvue.has(effect.creator, fan_of(effect), message, since=body["sent_at"])
        return None if there else Done()

    async def settled(self, tx: Transaction, effect: Effect, state: EffectState) -> None:
        """Make the note in the thread say what came of it."""
        now = await outbox.get(tx, effect.id) or effect
        note = EffectId(self._effects.body(effect)["note"])
        post = _note(note, self._clock.now(), _became(state, now.reason))
        wanted = EffectRequest(
            network="discord",
            kind="line.edit",
            stream=discord_stream(effect.creator, fan_of(effect)),
            creator=effect.creator,
            fan=effect.fan,
            cause=effect.id,
            part=f"{state}:{effect.attempts}:{now.reason or ''}",
            body={"line": note, "post": pack_post(post)},
        )
        await self._effects.add(tx, wanted)


def _note(ref: str, at: int, became: str | None) -> Post:
    """The note, with what is known beyond the deletion; without that, with the button."""
    post = render.note(f"{_DELETED} {became or ''}".rstrip(), ref=ref, at=at)
    if became is not None:
        return post
    return replace(post, buttons=(*post.buttons, Button("reply.unsend", ref, "Unsend", "danger")))


def _became(state: EffectState, reason: str | None) -> str:
    match state:
        case EffectState.DONE:
            return "Since then it was taken back: the fan does not have it any more."
        case EffectState.UNKNOWN:
            return "It is not sure yet whether Fanvue took it back: the chat is being looked at."
        case EffectState.REJECTED:
            return f"Fanvue did not take it back: {reason or 'it gave no reason.'}"
        case EffectState.CANCELLED:
            return "It was left as it is."
        case _:
            return f"It is to be taken back. {reason or ''}".rstrip()
