"""A member claims a fan, lets them go, or hands them to somebody else."""

import json
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.access import questions
from bot.access.permits import ActionConfirmation, Actor, authorize
from bot.access.policy import Action
from bot.access.questions import ConfirmationQuestion
from bot.features.inbox.claims import texts
from bot.features.inbox.conversations.changes import ConversationChanges
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.frozen_threads import is_connected, must_be_connected
from bot.relay.lines import ThreadOwner, add_post
from bot.relay.replies import NOT_HERE
from bot.text import render
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.inbox import conversations, fan_claims, threads
from storage.inbox.conversations import Conversation
from storage.people import pauses
from storage.records import DiscordId, DraftId, EffectId, FanThread, Millis

S = TypeVar("S")
Held = tuple[DiscordId, Millis]  # who else answers a fan, and since when
_TAKEN = "taken"


class ClaimService:
    """Rights were asked before. A refusal is a sentence; ReplyRefused where there is no fan."""

    def __init__(self, ctx: Context, *, changes: ConversationChanges) -> None:
        """`lasts`: how long a claim holds after a sign of life."""
        self._ctx = ctx
        self._changes = changes
        self._lasts = ctx.waits.claim

    async def begin(self, actor: DiscordId, channel: DiscordId, ref: str, *, alone: bool) -> Post | None:
        """Claim the fan for a member who begins to answer: None; or the post, since somebody else does.

        `ref`: of the pressed button. `alone`: they send without a lead. A member who does not takes no fan
        from anybody: they write beside the one who answers, and the lead who looks at it is told. Where
        nothing can be sent now nothing is claimed: the written reply is told why.
        """

        async def work(tx: Transaction) -> Post | None:
            thread = await threads.by_discord(tx, channel)
            if thread is None or thread.state != "open" or not await _may_send(tx, thread, actor):
                return None
            held = self._held(await self._claim(tx, thread, actor, calm=True), actor)
            if held is None or not alone:
                return None
            asked = await self._ask(tx, thread, actor, held, texts.ANYWAY, ref)
            return texts.answering(*held, asked, now=self._ctx.clock.now())

        return await self._ctx.database.write(work)

    async def anyway(self, channel: DiscordId, yes: ActionConfirmation) -> EffectId:
        """A member answers although somebody else does: written down, and the claim is theirs.

        Returns under which line they pressed Reply.
        """
        line, _ = await self._take(channel, yes, texts.ANYWAY)
        return EffectId(line)

    async def claim(self, actor: DiscordId, channel: DiscordId) -> Post | str:
        """/fan claim: the fan is theirs, or they are asked whether to take them over."""

        async def deed(tx: Transaction, thread: FanThread) -> Post | str:
            talk = await self._claim(tx, thread, actor)
            held = self._held(talk, actor)
            if held is not None:
                ref = await self._ask(tx, thread, actor, held, texts.TAKE)
                return texts.take_over(*held, ref, now=self._ctx.clock.now())
            await self._note(tx, "talk.claim", thread, actor)
            return texts.claimed(talk.claimed_until or self._ctx.clock.now())

        return await self._in(channel, deed)

    async def take(self, channel: DiscordId, yes: ActionConfirmation) -> str:
        """[Take over]: theirs, as long as the fan is held by whom the question named."""
        _, until = await self._take(channel, yes, texts.TAKE)
        return texts.claimed(until)

    async def release(self, actor: DiscordId, channel: DiscordId) -> str:
        """/fan release: anybody may answer."""

        async def deed(tx: Transaction, thread: FanThread) -> str:
            talk = await conversations.known(tx, thread.creator, thread.fan)
            holder = talk.holder(self._ctx.clock.now())
            if holder != actor:
                return texts.not_yours(holder)

            async def change(tx: Transaction) -> Conversation:
                return await fan_claims.release(tx, thread.creator, thread.fan, actor)

            await self._changes.make(tx, thread.creator, thread.fan, change)
            await self._note(tx, "talk.release", thread, actor)
            return tr(texts.RELEASED)

        return await self._in(channel, deed)

    async def hand_over(self, actor: DiscordId, channel: DiscordId, to: Actor) -> Post | str:
        """/fan handover: the fan is another member's, who may answer them."""

        async def deed(tx: Transaction, thread: FanThread) -> Post | str:
            if await authorize(tx, to, Action.CLAIM, thread.creator) is None:
                return texts.may_not(to.user)
            now = self._ctx.clock.now()
            held = self._held(await conversations.known(tx, thread.creator, thread.fan), actor)
            if held is not None:
                ref = await self._ask(tx, thread, actor, held, texts.TAKE)
                return texts.not_handed_over(*held, ref, now=now)
            until = now + self._lasts

            async def change(tx: Transaction) -> Conversation:
                return await fan_claims.hand_over(
                    tx, thread.creator, thread.fan, to.user, now=now, until=until
                )

            talk = await self._changes.make(tx, thread.creator, thread.fan, change)
            await self._say(tx, thread, talk, lambda: texts.told_of_hand_over(actor, to.user))
            await self._note(tx, "talk.hand_over", thread, actor, target=str(to.user))
            return texts.handed_over(to.user)

        return await self._in(channel, deed)

    async def _ask(
        self, tx: Transaction, thread: FanThread, by: DiscordId, held: Held, kind: str, line: str = ""
    ) -> DraftId:
        """Keep the question whether somebody takes this fan over, from their present holder."""
        about = {"thread": thread.key, "fan": thread.fan, "holder": held[0], "since": held[1], "line": line}
        asking = ConfirmationQuestion(kind, by, thread.guild, thread.creator, about)
        return await questions.ask(tx, asking, DraftId(self._ctx.ids.new()), now=self._ctx.clock.now())

    async def _take(self, channel: DiscordId, yes: ActionConfirmation, kind: str) -> tuple[str, Millis]:
        """Under which line the question was asked, and until when the fan is theirs."""
        actor, now = yes.by.user, self._ctx.clock.now()

        async def deed(tx: Transaction, thread: FanThread) -> tuple[str, Millis]:
            yes.concerns(thread.creator)
            draft = await questions.asked(tx, yes, Action.ANSWER_ANYWAY, kind)
            about = json.loads(draft.target) if draft is not None else {}
            if draft is None or about.get("thread") != thread.key:
                raise ReplyRefused(tr(texts.OVER))
            talk = await conversations.known(tx, thread.creator, thread.fan)
            held = self._held(talk, actor)
            if held is not None and held != (about["holder"], about["since"]):
                raise ReplyRefused(texts.somebody_else(held[0]))
            # A window that was closed is opened by the same button again, while the fan is theirs.
            again = draft.state == _TAKEN and talk.holder(now) == actor
            if not again and not await questions.close(tx, yes, draft, _TAKEN, now=now):
                raise ReplyRefused(tr(texts.OVER))
            talk = await self._claim(tx, thread, actor, over=True)
            if held is not None:
                await self._note(tx, kind, thread, actor, target=str(held[0]))
            return about["line"], talk.claimed_until or now

        return await self._in(channel, deed)

    async def _claim(
        self,
        tx: Transaction,
        thread: FanThread,
        actor: DiscordId,
        *,
        over: bool = False,
        calm: bool = False,
    ) -> Conversation:
        now = self._ctx.clock.now()
        until = now + self._lasts

        async def change(tx: Transaction) -> Conversation:
            return await fan_claims.claim(
                tx, thread.creator, thread.fan, actor, now=now, until=until, over=over
            )

        return await self._changes.make(tx, thread.creator, thread.fan, change, calm=calm)

    def _held(self, talk: Conversation, actor: DiscordId) -> Held | None:
        return fan_claims.held_beside(talk, actor, self._ctx.clock.now())

    async def _in(self, channel: DiscordId, deed: Callable[[Transaction, FanThread], Awaitable[S]]) -> S:
        async def work(tx: Transaction) -> S:
            thread = await threads.by_discord(tx, channel)
            if thread is None or thread.state != "open":
                raise ReplyRefused(tr(NOT_HERE))
            await must_be_connected(tx, thread.creator)
            return await deed(tx, thread)

        return await self._ctx.database.write(work)

    async def _say(
        self, tx: Transaction, thread: FanThread, talk: Conversation, text: Callable[[], str]
    ) -> None:
        """One line in the fan's thread."""
        await add_post(
            tx,
            self._ctx.effects,
            ThreadOwner(thread.creator, thread.fan),
            cause=f"talk:{thread.key}:{talk.version}",
            part="said",
            make=lambda ref: render.note(text(), ref=ref, at=self._ctx.clock.now()),
        )

    async def _note(
        self, tx: Transaction, action: str, thread: FanThread, actor: DiscordId, target: str = ""
    ) -> None:
        await self._ctx.effects.trail.write(
            tx, action, "done", target=target, actor=actor, creator=thread.creator, fan=thread.fan
        )


async def _may_send(tx: Transaction, thread: FanThread, actor: DiscordId) -> bool:
    return await is_connected(tx, thread.creator) and await pauses.over(tx, thread.creator, actor) is None
