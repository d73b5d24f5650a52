"""Lists everything that waits for a person, settled by a word, once (R4).

The first settles it; everybody later is told who did, and when. Each word is in the audit log.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.engine.sending_pauses import may_go_again
from bot.engine.settlements import settled_by
from bot.features.operations.problems import texts
from bot.features.operations.problems.quarantine import Quarantine, fact_of
from bot.features.operations.problems.texts import OpenProblem
from bot.features.publishing.proposals.model import is_proposed
from bot.model.language import ENGLISH, msgid, speaking, tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.frozen_threads import must_be_connected
from bot.relay.send_effects import show_state
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import forums
from storage.operations import attention, webhook_rejections
from storage.people import creators
from storage.records import CreatorId, DiscordId, Effect, EffectId, EffectState, Forum, LinkState

UNKNOWN = msgid("This item is already settled.")
_MOST = 500  # rows of one creator that are listed; the rest comes up when these are settled


@dataclass(frozen=True)
class ServerCreator:
    """A creator who belongs to a server, and their forum there, if there is one."""

    creator: CreatorId
    forum: Forum | None


class ProblemService:
    """Lists what waits and takes the words that settle it. Who may do so is the caller's to check."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._quarantine = Quarantine(ctx)

    # ── looking ──

    async def homes(self, guild: DiscordId) -> list[ServerCreator]:
        """The creators of a server."""

        async def work(tx: Transaction) -> list[ServerCreator]:
            newest = {there.creator: there for there in await forums.of_guild(tx, guild) if there.creator}
            linked = [
                ServerCreator(one, None) for one in await creators.linked_on(tx, guild) if one not in newest
            ]
            return [ServerCreator(creator, there) for creator, there in newest.items()] + linked

        return await self._ctx.database.read(work)

    async def page(self, of: Sequence[CreatorId], number: int = 0) -> Post:
        """One page of what waits about these creators."""

        async def work(tx: Transaction) -> list[OpenProblem]:
            return [problem for creator in of for problem in await self.waiting(tx, creator)]

        return texts.page(await self._ctx.database.read(work), number)

    async def count(self, of: Sequence[CreatorId]) -> int:
        """How many problems the pages about these creators have."""

        async def work(tx: Transaction) -> int:
            return sum([len(await self.waiting(tx, creator)) for creator in of])

        return await self._ctx.database.read(work)

    async def waiting(self, tx: Transaction, creator: CreatorId) -> list[OpenProblem]:
        """One creator's problems: those that ask for a word oldest first, then events put aside."""
        link = await creators.open_link(tx, creator)
        signed_out = link if link is not None and link.state is LinkState.RELINK_REQUIRED else None
        found = texts.problems(await attention.waiting(tx, creator, limit=_MOST), signed_out)
        found += await self._quarantine.waiting(tx, creator)
        if link is not None and await forums.of_creator(tx, creator) is None:
            text = tr("This creator has no forum yet, so nothing can be shown: run /setup.")
            found.append(OpenProblem(None, text, 0))
        for name, said in (
            (webhook_rejections.WRONG, tr(texts.UNKNOWN_SIGNATURE)),
            (webhook_rejections.STALE, tr(texts.CLOCK)),
        ):
            if (since := await webhook_rejections.alarm(tx, name)) is not None:
                found.insert(0, OpenProblem(None, said, since))
        return found

    async def looks(self, tx: Transaction, creator: CreatorId) -> str | None:
        """The same as long as these problems look the same, in whatever language; None: there are none."""
        with speaking(ENGLISH):
            found = await self.waiting(tx, creator)
        return texts.digest(found) if found else None

    # ── settling ──

    async def again(self, ref: EffectId, actor: DiscordId) -> str:
        """Do once more what was not found or was refused."""

        async def work(tx: Transaction) -> str:
            effect = await outbox.get(tx, ref)
            if effect is None:
                fact = await fact_of(tx, ref)
                return await self._quarantine.again(tx, fact, actor) if fact else tr(UNKNOWN)
            if is_proposed(effect.kind):  # no button says so; whoever says so all the same is not heard
                return tr(UNKNOWN)
            if effect.network == "fanvue":
                await must_be_connected(tx, effect.creator)
                await may_go_again(tx, effect, actor)
            if not await attention.again(tx, ref, now=self._ctx.clock.now()):
                return await settled_by(tx, effect)
            self._ctx.dispatch.wake(tx, effect.stream)
            await self._note(tx, actor, effect, "again")
            if effect.kind == texts.SEND:
                await show_state(tx, self._ctx.effects, effect, f"again:{effect.attempts}")
            return tr("On its way again.")

        return await self._ctx.database.write(work)

    async def drop(self, ref: EffectId, actor: DiscordId) -> str:
        """Give up what was not found or was refused."""

        async def work(tx: Transaction) -> str:
            effect = await outbox.get(tx, ref)
            if effect is None:
                fact = await fact_of(tx, ref)
                return await self._quarantine.drop(tx, fact, actor) if fact else tr(UNKNOWN)
            # Whether it took place is a lead's to say (`ProposalVerdictService`); what was refused did not.
            if is_proposed(effect.kind) and effect.state is not EffectState.REJECTED:
                return tr(UNKNOWN)
            if not await attention.give_up(tx, ref, now=self._ctx.clock.now()):
                return await settled_by(tx, effect)
            await self._ctx.effects.trail.became(tx, effect, EffectState.CANCELLED)
            await self._note(tx, actor, effect, "drop")
            if effect.kind != texts.SEND:
                return tr("Kept as is.")
            await show_state(tx, self._ctx.effects, effect, "dropped")
            return tr("Discarded. Not sent.")

        return await self._ctx.database.write(work)

    async def now(self, ref: EffectId, actor: DiscordId) -> str:
        """Try at once everything of this creator paused on the same network."""

        async def work(tx: Transaction) -> str:
            effect = await outbox.get(tx, ref)
            if effect is None:
                return tr(UNKNOWN)
            waiting = await self._retry(tx, effect.creator, effect.network)
            if not waiting:
                return await settled_by(tx, effect)
            await self._note(tx, actor, effect, "now")
            return tr(
                "Trying now ({waiting} waiting). If it still doesn't work, it is listed again.",
                waiting=waiting,
            )

        return await self._ctx.database.write(work)

    async def guild_changed(self, guild: DiscordId) -> None:
        """Try again everything paused on a server where something changed (D5)."""
        homes = await self.homes(guild)

        async def work(tx: Transaction) -> None:
            for home in homes:
                await self._retry(tx, home.creator, "discord")

        if homes:
            await self._ctx.database.write(work)

    async def _retry(self, tx: Transaction, creator: CreatorId, network: str) -> int:
        streams = await attention.retry(tx, creator, network, now=self._ctx.clock.now())
        for stream in streams:
            self._ctx.dispatch.wake(tx, stream)
        return len(streams)

    async def _note(self, tx: Transaction, actor: DiscordId, effect: Effect, how: str) -> None:
        about = "reply" if effect.kind == texts.SEND and how != "now" else "problem"
        await self._ctx.effects.trail.write(
            tx,
            f"{about}.{how}",
            "accepted" if how == "again" else "done",
            target=effect.kind,
            actor=actor,
            creator=effect.creator,
            fan=effect.fan,
            cause=effect.id,
        )
