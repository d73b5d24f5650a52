"""What was before the night: fans have threads, answered and archived weeks ago.

The bridge is stopped meanwhile. Its database is filled by its own code, as those weeks would have left it:
the fan, the thread, what was said and shown, the subscription, and that the talk is answered. Both
stand-ins get the same: the forum post with the card that the bridge's own code draws, archived; the chat with
its two old messages. Newcomers get nothing of it. Of the chats beyond those fans only the bridge knows: they
cost what a large database costs, and never write.
"""

import json
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice

from benchmarks.night.agency_scenario import Say, channels
from benchmarks.night.night_script import NightSize, is_new
from bot.app import maintenance
from bot.discord.message_bodies import container_of
from bot.engine.clock import SystemIds
from bot.engine.derived_ids import DerivedIds
from bot.features.inbox.fan_card.tag_rules import ids_of
from bot.features.operations.keys.ring import keyring_of
from bot.features.operations.keys.signer import RightsSigner
from bot.sandbox.discord import forum as posts
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.discord.standalone import APPLICATION_ID
from bot.sandbox.fanvue.people import StandInFan as Person
from bot.sandbox.fanvue.records import MessageId, MessageRecord
from bot.settings.loader import load
from bot.text import render
from storage.database import Database, Transaction
from storage.engine.connect import open_database
from storage.engine.signed_database import SignedDatabase
from storage.inbox import cards, conversations, fans, forums, messages, threads
from storage.inbox.cards import CardShown
from storage.inbox.conversations import AnsweredBy
from storage.money import subscribers
from storage.money.subscribers import KnownSubscriber
from storage.records import (
    CreatorId,
    DiscordId,
    Fan,
    FanId,
    FanThread,
    FanvueMessageId,
    Forum,
    MessagePair,
    Millis,
)
from tests.proofs.soak.soak_scenario import SoakCreator, SoakScenario

_NAMES = ("Sam", "Robin", "Alex", "Sam", "Kim", "Noor", "Jo", "Max", "Lou", "Ira", "Sol", "Bo")
_DAY: Millis = 86_400_000
_LONGEST_AGO, _LATEST = 60, 3  # days since they wrote for the first time
_ANSWERED_AFTER: Millis = 300_000
_AT_ONCE = 500  # fans in one transaction
_SUBSCRIBED = 0.7
_TELL_EVERY = 10  # creators


@dataclass(frozen=True)
class _KnownFan:
    """One fan whom the bridge knows: the thread, what they wrote, and the answer."""

    fan: Fan
    thread: FanThread
    wrote: MessagePair
    answer: MessagePair
    subscribed: bool
    tags: Sequence[int]  # of the thread


async def settle_in(town: SoakScenario, size: NightSize, say: Say) -> None:
    """Stop the bridge, make those weeks, and start it again."""
    await town.bridge.stop()
    known = 0
    async with _opened(town) as (database, ids):
        for house in town.houses:
            known += await _EarlierWeeks(town, house, size, ids).pass_by(database)
            if house.number % _TELL_EVERY == _TELL_EVERY - 1:
                say(f"{known} fans are known, of {house.number + 1} creators")
    present = sum(len(house.fans) for house in town.houses)
    say(f"the bridge knows {known} fans; {present} are on Fanvue, the known ones with an archived thread")
    await town.bridge.start()


@asynccontextmanager
async def _opened(town: SoakScenario) -> AsyncIterator[tuple[Database, DerivedIds]]:
    settings = load(town.bridge._settings)  # noqa: SLF001 - a town has no other use for them
    signer = RightsSigner(keyring_of(settings))
    database = SignedDatabase(await open_database(settings.database_url, now=0), signer)
    try:
        yield database, await maintenance.derived_ids(database, keyring_of(settings), SystemIds())
    finally:
        await database.close()


class _EarlierWeeks:
    """The weeks before the night, at one creator's."""

    def __init__(self, town: SoakScenario, house: SoakCreator, size: NightSize, ids: DerivedIds) -> None:
        self._town, self._house, self._size, self._ids = town, house, size, ids
        self._rng = size.dice(100 + house.number)
        self._now: Millis = int(time.time() * 1000)

    async def pass_by(self, database: Database) -> int:
        """Both stand-ins and the database have been there; says how many fans the bridge knows."""
        forum = await database.read(lambda tx: forums.of_creator(tx, CreatorId(self._house.creator.uuid)))
        assert forum is not None
        known, made = 0, self._everybody(forum)
        while batch := list(islice(made, _AT_ONCE)):
            await database.write(partial(_remember, batch=batch))
            known += len(batch)
        return known

    def _everybody(self, forum: Forum) -> Iterator[_KnownFan]:
        """Those who may write tonight, as far as they have written before; then those who are silent."""
        house, world = self._house, self._town.fanvue.world
        place, _ = channels(self._town, house)
        writing = len(range(house.number, self._size.fans, self._size.creators))
        for number in range(writing):
            subscribed = not is_new(number) and self._rng.random() < _SUBSCRIBED
            handle, name = f"fan{number}of{house.number}", _NAMES[number % len(_NAMES)]
            person = world.add_fan(handle, name, house.creator, subscribed)
            house.fans.append(person)
            if not is_new(number):
                # Who is not subscribed any more once was: Fanvue lets nobody answer people who never were.
                person.bond.first_subscribed_at = datetime.fromtimestamp(self._now / 1000, UTC)
                known = self._known(self._fan(forum, person.uuid, handle, name), forum, subscribed=subscribed)
                _spoken(self._town, person, known)
                yield self._posted(place, known)
        for number in range(writing, self._size.chats):
            silent = self._fan(forum, world.new_id(), f"silent{number}of{house.number}", "Sam")
            known = self._known(silent, forum, subscribed=False)
            yield _in_thread(known, DiscordId(self._town.discord.world.snowflakes.new()))

    def _fan(self, forum: Forum, uuid: str, handle: str, name: str) -> Fan:
        assert forum.creator is not None
        since = self._now - round(self._rng.uniform(_LATEST, _LONGEST_AGO) * _DAY)
        return Fan(forum.creator, FanId(uuid), handle, name, None, since)

    def _known(self, fan: Fan, forum: Forum, *, subscribed: bool) -> _KnownFan:
        key = self._ids.thread(fan.creator, fan.id, 1)
        thread = FanThread(
            key=key,
            creator=fan.creator,
            fan=fan.id,
            generation=1,
            guild=forum.guild,
            forum=forum.id,
            thread=None,
            card=None,
            reference=self._ids.card(key),
            state="wanted",
        )
        said = partial(MessagePair, fan.creator, fan.id)
        ids = [FanvueMessageId(self._town.fanvue.world.new_id()) for _ in range(2)]
        answered = fan.first_seen + _ANSWERED_AFTER
        wrote = said(ids[0], "in", fan.first_seen)
        named = json.loads(forum.tags)
        tags = ids_of(("answered", "subscriber") if subscribed else ("answered",), named)
        answer = said(ids[1], "out", answered, seen_at=answered)
        return _KnownFan(fan, thread, wrote, answer, subscribed, tags)

    def _posted(self, place: StandInChannel, known: _KnownFan) -> _KnownFan:
        """With the forum post that the bridge would have made, archived since."""
        world = self._town.discord.world
        card = render.card(known.fan, known.thread, creator=self._house.name)
        body = {
            "name": render.thread_name(known.fan),
            "message": {**container_of(card), "allowed_mentions": {"parse": []}},
        }
        thread, _ = posts.post(world, place, world.users[APPLICATION_ID], body, [])
        assert thread.thread is not None
        thread.thread.archived, thread.thread.applied_tags = True, list(known.tags)
        return _in_thread(known, DiscordId(thread.id))


def _in_thread(known: _KnownFan, thread: DiscordId) -> _KnownFan:
    """What was said stands in the thread, too; where exactly, nobody asks any more."""
    return replace(
        known,
        thread=replace(known.thread, thread=thread, card=thread),
        wrote=replace(known.wrote, channel=thread, discord_message=DiscordId(thread + 1)),
        answer=replace(known.answer, channel=thread, discord_message=DiscordId(thread + 2)),
    )


def _spoken(town: SoakScenario, person: Person, known: _KnownFan) -> None:
    """The chat on Fanvue: two messages, both read, of which no event tells any more."""
    for one, text in ((known.wrote, "hello, it is me"), (known.answer, "so good that you are here")):
        sent = datetime.fromtimestamp(one.sent_at / 1000, UTC)
        message = MessageRecord(
            uuid=MessageId(one.message),
            creator=person.creator.uuid,
            fan=person.uuid,
            from_fan=one.direction == "in",
            text=text,
            sent_at=sent,
            read=True,
        )
        person.bond.chat_since = person.bond.chat_since or sent
        person.bond.messages.append(message)
        town.fanvue.world.messages[message.uuid] = message


async def _remember(tx: Transaction, batch: Sequence[_KnownFan]) -> None:
    """As the bridge itself remembers it, by its own code."""
    for known in batch:
        fan, thread = known.fan, known.thread
        await fans.learn(tx, fan)
        await threads.want(tx, replace(thread, thread=None, card=None))
        assert thread.thread is not None
        assert thread.card is not None
        await threads.opened(tx, thread.key, thread=thread.thread, card=thread.card)
        for one in (known.wrote, known.answer):
            await messages.pair(tx, one)
        at = known.wrote.sent_at
        await conversations.fan_wrote(tx, fan.creator, fan.id, message=known.wrote.message, at=at)
        await conversations.answered(tx, fan.creator, fan.id, at=known.answer.sent_at, by=AnsweredBy.MEMBER)
        # Its card will show something new whenever they write again; of its tags that is known first.
        shown = CardShown(thread.thread, tags=" ".join(map(str, known.tags)))
        await cards.keep(tx, fan.creator, fan.id, shown)
        if known.subscribed:
            told = KnownSubscriber(fan.id, active=True, told_by="webhook", changed_at=at, noticed_at=at)
            await subscribers.put(tx, fan.creator, told)
