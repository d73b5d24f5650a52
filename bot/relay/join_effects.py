"""Deeds that add a fan's text to the post above it, or post it alone."""

from bot.engine.effect_handler import Becomes, Body, Done, Outcome, SettlingMethod, both
from bot.engine.outbox import unpack_post
from bot.model.errors import DeliveryRefused, TargetGone, TryLater
from bot.model.language import msgid
from bot.model.ports import DiscordPort
from bot.relay.bursts import Burst, Bursts
from bot.relay.context import Context
from bot.relay.late_edits import RepeatedEdit
from bot.relay.post_effects import PostLineHandler, shown_in
from bot.relay.posted_places import place_of
from bot.relay.redaction import LineRedaction, LineRedactor
from bot.relay.threads import ThreadOpener
from storage.database import Transaction
from storage.records import Effect

JOIN = "post.join"
_NOT_SURE = msgid("We don't know whether the message was added to the post above.")


class PostOrJoinHandler(PostLineHandler):
    """One message in a fan's thread; a fan's text of the same seconds is added to the post above."""

    def __init__(
        self,
        ctx: Context,
        *,
        discord: DiscordPort,
        opener: ThreadOpener,
        covers: LineRedactor,
        bursts: Bursts,
    ) -> None:
        super().__init__(ctx, discord=discord, opener=opener, covers=covers)
        self._bursts = bursts

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Post it, or have it join; that is committed before the post above is touched."""

        async def work(tx: Transaction) -> LineRedaction | None:
            # An earlier attempt may have posted it: then it is posted under the same nonce, or looked for.
            if effect.attempt_started is None and await self._bursts.open_for(tx, effect, body) is not None:
                return None
            return await self._covers.of(tx, [effect])

        dress = await self._ctx.database.read(work)
        return Becomes(JOIN, body) if dress is None else await self._posted(effect, body, dress)


class JoinHandler(PostLineHandler):
    """A line that stands in the post above it: an edit, which may be repeated.

    Where that post takes it in no more, it becomes a post of its own; surely, or after a look.
    """

    settling = SettlingMethod.REPEAT

    def __init__(
        self,
        ctx: Context,
        *,
        discord: DiscordPort,
        opener: ThreadOpener,
        covers: LineRedactor,
        bursts: Bursts,
    ) -> None:
        super().__init__(ctx, discord=discord, opener=opener, covers=covers)
        self._bursts = bursts
        self._late = ctx.late

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Make the post above show this message, too."""

        async def work(tx: Transaction) -> tuple[Burst, LineRedaction] | None:
            above = await self._above(tx, effect, body)
            if above is None:
                return None
            joined = _with(above, effect, body)
            return joined, await self._covers.of(tx, joined.lines)

        found = await self._ctx.database.read(work)
        if found is None or (there := found[0].lines[0].external_id) is None:
            return await self._alone(effect, body)
        again = RepeatedEdit("line.edit", effect.stream, {"line": effect.id, "post": body["post"]})
        try:
            shown = await self._bursts.shown(*found)
            edited = await self._late.edit(self._discord, effect, there, shown, again)
        except TargetGone:
            return _posted(body)  # whatever was added to it is gone with it
        except DeliveryRefused:
            return await self._alone(effect, body)
        return Done(there, both(edited, shown_in(effect, *place_of(there), body.get("message"))))

    async def _above(self, tx: Transaction, effect: Effect, body: Body) -> Burst | None:
        if effect.attempt_started is not None:  # it may stand there already, so it stays there
            return await self._bursts.above(tx, effect)
        return await self._bursts.open_for(tx, effect, body, patience=2)

    async def _alone(self, effect: Effect, body: Body) -> Outcome:
        """A post of its own, unless an earlier attempt has added it; that may take a while to be seen."""
        if effect.attempt_started is not None:
            left = self._late.left(effect)
            if left > 0:
                raise TryLater(_NOT_SURE, after=left / 1000)
            found = await self.look(effect, body)
            if found is not None:
                return found
        return _posted(body)


def _with(above: Burst, effect: Effect, body: Body) -> Burst:
    return Burst((*above.lines, effect), (*above.posts, unpack_post(body["post"])))


def _posted(body: Body) -> Becomes:
    return Becomes("post", {**body, "alone": True}, since=body["at"])
