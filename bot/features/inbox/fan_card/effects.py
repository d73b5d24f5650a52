"""Makes a fan's card and tags true; true ones cost nothing.

A card asks no person for anything: where Discord does not let it be shown, it stays as it is until something
about the fan changes, and the lines of the thread, which do wait, tell the people who can help.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, both, fan_of
from bot.engine.outbox import pack_post
from bot.engine.streams import card_stream
from bot.features.inbox.fan_card.loader import FanCardFacts, FanCardLoader, FanCardPlace
from bot.features.inbox.fan_card.tag_rules import ids_of, tags_of
from bot.features.inbox.fan_card.texts import face
from bot.model.errors import DeliveryRefused, TargetGone, TryLater
from bot.model.language import english
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.late_edits import RepeatedEdit
from storage.database import Transaction
from storage.inbox import cards, threads
from storage.inbox.cards import CardShown
from storage.records import DiscordId, Effect


class FanCardPort(Protocol):
    """Discord, as far as cards need it. False: the thread is archived, and was to stay so."""

    async def show(self, thread: DiscordId, card: DiscordId, post: Post, *, wake: bool) -> bool:
        """Make the card show `post`; repeating it changes nothing."""

    async def tag(self, thread: DiscordId, tags: Sequence[int], *, wake: bool) -> bool:
        """Give the thread these tags and no others; repeating it changes nothing."""


class FanCardHandler(EffectHandler):
    """One fan's card and tags."""

    def __init__(self, ctx: Context, *, discord: FanCardPort, knowing: FanCardLoader) -> None:
        self._ctx = ctx
        self._discord = discord
        self._knowing = knowing
        self._hashed = ctx.effects.ids.hashed
        self._late = ctx.late

    async def ready(self, tx: Transaction, effect: Effect) -> bool:
        """Not before the thread is there; opening it wakes this stream."""
        thread = await threads.current(tx, effect.creator, fan_of(effect))
        return thread is None or thread.state != "wanted"

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Set the tags and edit the card, each if it is not so already."""
        fan = fan_of(effect)
        found = await self._ctx.database.read(lambda tx: self._knowing.of(tx, effect.creator, fan))
        if found is None:
            return Moot(english("There is no thread to show it in."))
        known, place = found
        if body.get("anew"):
            place = replace(place, shown=CardShown(place.thread))
        there = f"{place.thread}:{place.card}"
        await self._late.before(effect, there)
        try:
            shown = await self._shown(known, place)
        except (DeliveryRefused, TargetGone) as never:
            return Moot(never.reason)
        except TryLater as later:
            if later.paused:
                return Moot(later.reason)
            raise
        again = RepeatedEdit(effect.kind, card_stream(effect.creator, fan), {"anew": True})
        made = self._late.after(effect, there, again)
        return Done(then=both(lambda tx: cards.keep(tx, effect.creator, fan, shown), made))

    async def _shown(self, known: FanCardFacts, place: FanCardPlace) -> CardShown:
        wake = known.talk.waiting_since is not None
        shown = await self._tagged(ids_of(tags_of(known), place.tags), place, wake=wake)
        post = face(known)
        digest = self._hashed(json.dumps(pack_post(post)))
        if shown.shows != digest and await self._discord.show(place.thread, place.card, post, wake=wake):
            shown = replace(shown, shows=digest)
        return shown

    async def _tagged(self, tags: Sequence[int], place: FanCardPlace, *, wake: bool) -> CardShown:
        """Set the tags; a refusal (a tag was deleted from the forum) leaves the card true."""
        shown, wanted = place.shown, " ".join(map(str, tags))
        if shown.tags in (wanted, cards.REFUSED + wanted):
            return shown
        try:
            tagged = await self._discord.tag(place.thread, tags, wake=wake)
        except DeliveryRefused:
            return replace(shown, tags=cards.REFUSED + wanted)
        return replace(shown, tags=wanted) if tagged else shown
