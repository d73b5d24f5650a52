"""Today's messages in a creator's name: who, to whom, how far; texts on a click."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.engine.outbox import unpack_post
from bot.features.people.pausing import texts as pausing_texts
from bot.features.people.pausing.button_targets import PauseButtonTargets
from bot.model.errors import DeliveryRefused
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.relay.context import Context
from bot.text.safe_text import one_line, safe
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Transaction
from storage.engine import drafts, outbox
from storage.money import digests
from storage.people import creators, outgoing_messages
from storage.people.outgoing_messages import OutgoingMessage
from storage.records import CreatorId, DiscordId, DraftId, EffectId, Millis

KIND = "pause.show"
_ON_A_PAGE = 8
_TEXT = 240  # characters of each; the whole stands in the thread
_NO_TEXT = msgid("-# its text is no longer kept")


class TodayMessagesService:
    """A button carries the id of a row that says which page it leads to; it belongs to one person."""

    def __init__(self, ctx: Context, *, leads: PauseButtonTargets) -> None:
        self._ctx = ctx
        self._leads = leads

    async def open(self, creator: CreatorId, actor: DiscordId, guild: DiscordId) -> Post:
        """The newest page. Whether they may see it was asked before."""

        async def work(tx: Transaction) -> Post:
            return await self._page(tx, creator, actor, guild, page=0, texts=False)

        return await self._ctx.database.write(work)

    async def turn(self, ref: DraftId, actor: DiscordId, *, texts: bool) -> Post | str:
        """The page that a button leads to; `texts`: with what was written."""

        async def work(tx: Transaction) -> Post | str:
            kept = await drafts.get(tx, ref)
            if kept is None or kept.action != KIND or kept.owner != actor:
                return tr(pausing_texts.NOT_HERE)
            if kept.creator is None or kept.guild is None:
                return tr(pausing_texts.NOT_HERE)
            page = int(json.loads(kept.target)["page"])
            return await self._page(tx, kept.creator, actor, kept.guild, page=page, texts=texts)

        return await self._ctx.database.write(work)

    async def keep(
        self, tx: Transaction, creator: CreatorId, actor: DiscordId, guild: DiscordId, page: int = 0
    ) -> DraftId:
        """Keep the page; return its button's reference."""
        kept = {"page": page}
        return await self._leads.keep(tx, KIND, kept, creator=creator, owner=actor, guild=guild)

    async def _page(
        self,
        tx: Transaction,
        creator: CreatorId,
        actor: DiscordId,
        guild: DiscordId,
        *,
        page: int,
        texts: bool,
    ) -> Post:
        known = await creators.get(tx, creator)
        said = await outgoing_messages.since(tx, creator, await self._midnight(tx, creator))
        part = said[page * _ON_A_PAGE : (page + 1) * _ON_A_PAGE]
        shown = [(one, await self._text(tx, one) if texts else None) for one in part]
        post = pausing_texts.day(known.handle if known else "", said, shown, page)
        return _with(post, await self._buttons(tx, creator, actor, guild, page, said, texts=texts))

    async def _buttons(
        self,
        tx: Transaction,
        creator: CreatorId,
        actor: DiscordId,
        guild: DiscordId,
        page: int,
        said: Sequence[OutgoingMessage],
        *,
        texts: bool,
    ) -> list[Button]:
        made = []
        if said and not texts:
            ref = await self.keep(tx, creator, actor, guild, page)
            made.append(Button(pausing_texts.TEXTS, ref, tr("Show the texts")))
        if len(said) > (page + 1) * _ON_A_PAGE:
            ref = await self.keep(tx, creator, actor, guild, page + 1)
            made.append(Button(pausing_texts.TEXTS if texts else pausing_texts.SHOW, ref, tr("More")))
        return made

    async def _text(self, tx: Transaction, one: OutgoingMessage) -> str:
        if one.effect is None:
            return tr("-# its text is in its thread")
        effect = await outbox.get(tx, EffectId(one.effect))
        try:
            body = self._ctx.effects.body(effect) if effect is not None else {}
        except DeliveryRefused:  # erased when its time was over, or damaged
            return tr(_NO_TEXT)
        words = unpack_post(body["shown"]).body if "shown" in body else (body.get("text") or "",)
        text = one_line(" ".join(words), _TEXT)
        # A preview's words are safe already; escaping them twice only shows the escapes.
        return f"> {text if 'shown' in body else safe(text)}" if text else tr(_NO_TEXT)

    async def _midnight(self, tx: Transaction, creator: CreatorId) -> Millis:
        zone = zone_of(await digests.zone(tx, creator) or DEFAULT_ZONE)
        now = datetime.fromtimestamp(self._ctx.clock.now() / 1000, tz=UTC).astimezone(zone)
        return int(datetime(now.year, now.month, now.day, tzinfo=zone).timestamp()) * 1000


def _with(post: Post, buttons: Sequence[Button]) -> Post:
    return Post(
        body=post.body, title=post.title, small=post.small, accent=post.accent, buttons=tuple(buttons)
    )
