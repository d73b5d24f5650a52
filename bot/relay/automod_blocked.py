"""Lines that the server's own filter blocks: said, shown on demand, tried again."""

from dataclasses import replace

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, Parked, fan_of
from bot.engine.outbox import EffectRequest, unpack_post
from bot.engine.streams import discord_stream, hidden_stream
from bot.model.errors import AutomodBlocked, TargetGone, TextErased, TryLater
from bot.model.language import english, tr
from bot.model.ports import Button, DiscordPort, Post
from bot.relay.context import Context
from bot.relay.late_edits import RepeatedEdit
from bot.relay.post_effects import PostLineHandler
from bot.relay.redaction import LineRedactor
from bot.text import render
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import threads
from storage.operations import attention
from storage.records import DiscordId, Effect, EffectId, Millis

_TRIES = 7 * 24  # hourly for a week


class HideLineHandler(PostLineHandler):
    """In place of a line that was blocked: says so, with a button that shows it to one member."""

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Post the notice under the line's own nonce: the line itself was surely not posted."""
        notice = _notice(effect.id, body["why"], self._ctx.clock.now())
        done = await self._post(effect, notice, body.get("message"), await self._dress(effect))
        return self._kept(done, effect, body)

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the thread for the notice."""
        found = await self._find(effect, effect.id, body.get("message"))
        return None if found is None else self._kept(found, effect, body)

    def _kept(self, done: Done, effect: Effect, body: Body) -> Parked:
        async def then(tx: Transaction) -> None:
            if done.then is not None:
                await done.then(tx)
            wanted = EffectRequest(
                network="discord",
                kind="line.blocked",
                stream=hidden_stream(effect.creator, effect.id),
                creator=effect.creator,
                fan=effect.fan,
                cause=effect.id,
                part="blocked",
                body={"line": effect.id, "post": body["post"]},
                not_before=self._ctx.clock.now() + self._ctx.waits.blocked,
            )
            waiting = await self._ctx.effects.add(tx, wanted)
            if waiting is not None:
                await attention.ask(tx, waiting, body["why"])

        return Parked(done.external_id, then)


class ShowBlockedHandler(EffectHandler):
    """A line that is blocked: shown in the notice's place as soon as the server lets it through."""

    def __init__(self, ctx: Context, *, discord: DiscordPort, covers: LineRedactor) -> None:
        self._ctx = ctx
        self._discord = discord
        self._covers = covers
        self._late = ctx.late

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Edit the notice; while that is blocked too, once an hour, and at once when the server changes."""
        shown = await self._ctx.database.read(lambda tx: outbox.get(tx, EffectId(body["line"])))
        if shown is None or shown.external_id is None:
            return Moot(english("The notice is not shown anywhere."))
        dress = await self._ctx.database.read(lambda tx: self._covers.of(tx, [shown]))
        again = RepeatedEdit("line.edit", discord_stream(effect.creator, fan_of(effect)), body)
        try:
            post = await self._covers.over(unpack_post(body["post"]), shown, dress)
            edited = await self._late.edit(self._discord, effect, shown.external_id, post, again)
        except TargetGone as gone:
            return Moot(gone.reason)
        except AutomodBlocked as blocked:
            if self._ctx.clock.now() > effect.created_at + _TRIES * self._ctx.waits.blocked:
                return Moot(english("The server blocked it for a week. The message is in Fanvue."))
            raise TryLater(blocked.reason, after=self._ctx.waits.blocked / 1000, paused=True) from blocked
        return Done(then=edited)


class BlockedLines:
    """Shows a blocked line to one member. Whether they may read the thread is the caller's to check."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def show(self, line: EffectId, channel: DiscordId) -> Post | str:
        """Return the hidden line for a private answer; a sentence when there is none here."""

        async def work(tx: Transaction) -> Effect | None:
            thread = await threads.by_discord(tx, channel)
            found = await outbox.by_cause(tx, line, "blocked")
            if found is None or thread is None or (thread.creator, thread.fan) != (found.creator, found.fan):
                return None
            trail = self._ctx.effects.trail
            await trail.looked(tx, "hidden.show", creator=found.creator, fan=found.fan, cause=line)
            return found

        found = await self._ctx.database.write(work)
        if found is None:
            return tr("This button isn't for a hidden message of this thread.")
        try:
            return replace(unpack_post(self._ctx.effects.body(found)["post"]), buttons=())
        except TextErased as erased:
            return erased.reason


def _notice(ref: str, why: str, at: Millis) -> Post:
    post = render.note(tr("A message of the fan is hidden. {why}", why=why), ref=ref, at=at)
    return replace(post, buttons=(Button("hidden.show", ref, tr("Show to me"), "primary"), *post.buttons))
