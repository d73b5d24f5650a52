"""/inbox typing: whether what is typed goes to the fans, and what it takes."""

from collections.abc import Awaitable, Callable

from bot.access.permits import Permit
from bot.features.inbox.message_replies import texts
from bot.features.inbox.message_replies.card_refresh import ThreadCardRefresh
from bot.features.inbox.message_replies.rules import DEFAULT_INSIDE, may_begin
from bot.model.language import tr
from bot.relay.context import Context
from storage.database import Transaction
from storage.inbox import forums, message_replies
from storage.inbox.message_replies import TypingMode
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode as TextMode
from storage.records import CreatorId, DiscordId


class MessageReplySetting:
    """Whether somebody may was asked before."""

    def __init__(self, ctx: Context, *, redrawing: ThreadCardRefresh, listens: bool) -> None:
        """`redrawing`: has cards shown. `listens`: whether Discord is asked for what people type."""
        self._ctx = ctx
        self._redrawing = redrawing
        self._listens = listens

    async def switch(
        self,
        permit: Permit,
        *,
        on: bool | None,
        inside: str | None,
        granted: bool,
        takes: Callable[[DiscordId], Awaitable[bool]],
    ) -> str:
        """None changes nothing. `granted`: the portal lets the bot read what people type; `takes`: in this
        forum the bot may take away what people typed.
        """
        creator, by = permit.creator, permit.actor.user
        assert creator is not None, "the action is about a creator"
        taking = None if on is False else await self._taking(creator, takes)

        async def work(tx: Transaction) -> str:
            now = await message_replies.mode(tx, creator)
            if on is False:
                return await self._off(tx, creator, by)
            wanted = (inside or "").strip() or (now.inside if now is not None else DEFAULT_INSIDE)
            if on is None and (now is None or wanted == now.inside):
                return texts.holds(now.inside if now is not None else None)
            if not may_begin(wanted):
                return tr(texts.NO_BEGINNING)
            lacking = await self._lacking(tx, creator, taking, granted=granted)
            return lacking or await self._on(tx, creator, TypingMode(wanted, self._ctx.clock.now()), by)

        said = await self._ctx.database.write(work)
        await self._redrawing.go_on()
        return said

    async def resume(self) -> int:
        """At start: where Discord is not asked any more, no card may say that it goes to the fan."""

        async def work(tx: Transaction) -> int:
            on = [] if self._listens else await message_replies.switched_on(tx)
            found = [creator for creator in on if await self._ctx.serving.speaks_for(tx, creator)]
            for creator in found:
                await self._off(tx, creator, None)
            return len(found)

        found = await self._ctx.database.write(work)
        await self._redrawing.go_on()  # also what a process has left undone
        return found

    async def _taking(
        self, creator: CreatorId, takes: Callable[[DiscordId], Awaitable[bool]]
    ) -> DiscordId | None:
        """The creator's forum, if the bot may take messages away there; asked for outside a transaction."""
        forum = await self._ctx.database.read(lambda tx: forums.of_creator(tx, creator))
        return forum.id if forum is not None and await takes(forum.id) else None

    async def _lacking(
        self, tx: Transaction, creator: CreatorId, taking: DiscordId | None, *, granted: bool
    ) -> str | None:
        forum = await forums.of_creator(tx, creator)
        if forum is None:
            return tr(texts.NO_FORUM)
        if await privacy_modes.now(tx, creator) is not TextMode.FULL:
            return tr(texts.TEXTS_OFF)
        where = None if forum.id == taking else forum.id
        if granted and self._listens and where is None:
            return None
        return texts.steps(portal=not granted, setting=not self._listens, forum=where)

    async def _on(self, tx: Transaction, creator: CreatorId, mode: TypingMode, by: DiscordId) -> str:
        await message_replies.switch_on(tx, creator, mode, by=by)
        await self._ctx.trail.write(tx, "typed.on", "done", target=mode.inside, actor=by, creator=creator)
        await self._redrawing.begin(tx, creator)
        return texts.switched_on(mode.inside)

    async def _off(self, tx: Transaction, creator: CreatorId, by: DiscordId | None) -> str:
        if await message_replies.switch_off(tx, creator):
            await self._ctx.trail.write(tx, "typed.off", "done", actor=by, creator=creator)
            await self._redrawing.begin(tx, creator)
        return tr(texts.SWITCHED_OFF)
