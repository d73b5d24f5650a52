"""A member has a chat on Fanvue marked as read, muted, or given a nickname."""

from bot.engine.outbox import EffectRequest
from bot.engine.sending_pauses import since
from bot.engine.streams import marks_stream
from bot.features.inbox.chat_settings import texts
from bot.features.inbox.chat_settings.effects import KIND
from bot.features.inbox.chat_settings.model import ChatSettingsChange, packed
from bot.model.language import tr
from bot.relay.context import Context
from bot.relay.frozen_threads import must_be_connected
from bot.relay.replies import NOT_HERE
from bot.text.reply_rules import ReplyRefused
from bot.text.safe_text import one_line
from storage.database import Transaction
from storage.inbox import conversations, threads
from storage.people import pauses
from storage.records import DiscordId, FanThread


class ChatSettingsService:
    """Rights were asked before. A refusal is a sentence; ReplyRefused where there is no fan."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def read(self, actor: DiscordId, channel: DiscordId) -> str:
        """/fan read: as far as the fan has written by now."""

        async def work(tx: Transaction) -> str:
            thread = await self._thread(tx, actor, channel)
            talk = await conversations.known(tx, thread.creator, thread.fan)
            return await self._want(
                tx, thread, actor, ChatSettingsChange(read=True, newest=talk.last_in_message)
            )

        return await self._ctx.database.write(work)

    async def mute(self, actor: DiscordId, channel: DiscordId, *, on: bool) -> str:
        """/fan mute: whether Fanvue notifies the creator of this chat."""
        return await self._mark(actor, channel, ChatSettingsChange(muted=on))

    async def nickname(self, actor: DiscordId, channel: DiscordId, name: str | None) -> str:
        """/fan nickname: the creator's side's name for this fan on Fanvue; None: none any more."""
        wanted = (name or "").strip()
        if one_line(wanted, texts.LONGEST) != wanted:
            return tr(texts.NO_NICKNAME, most=texts.LONGEST)
        return await self._mark(actor, channel, ChatSettingsChange(nickname=wanted))

    async def _mark(self, actor: DiscordId, channel: DiscordId, mark: ChatSettingsChange) -> str:
        async def work(tx: Transaction) -> str:
            return await self._want(tx, await self._thread(tx, actor, channel), actor, mark)

        return await self._ctx.database.write(work)

    async def _thread(self, tx: Transaction, actor: DiscordId, channel: DiscordId) -> FanThread:
        thread = await threads.by_discord(tx, channel)
        if thread is None or thread.state != "open":
            raise ReplyRefused(tr(NOT_HERE))
        await must_be_connected(tx, thread.creator)
        pause = await pauses.over(tx, thread.creator, actor)
        if pause is not None:
            raise ReplyRefused(f"{await since(tx, pause, thread.creator)} {tr(texts.PAUSED)}")
        return thread

    async def _want(
        self, tx: Transaction, thread: FanThread, actor: DiscordId, mark: ChatSettingsChange
    ) -> str:
        effect = await self._ctx.effects.add(
            tx,
            EffectRequest(
                network="fanvue",
                kind=KIND,
                stream=marks_stream(thread.creator, thread.fan),
                creator=thread.creator,
                fan=thread.fan,
                cause=f"mark:{self._ctx.ids.new()}",
                part="mark",
                body=packed(mark),
            ),
        )
        assert effect is not None, "a fresh cause adds an effect"
        await self._ctx.effects.trail.write(
            tx, mark.action, "accepted", actor=actor, creator=thread.creator, fan=thread.fan, cause=effect
        )
        return texts.asked(mark)
