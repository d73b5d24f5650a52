"""Fanvue's chats and Discord's channels as the ports show them, with faults."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryRefused, TargetGone
from bot.model.events import Person
from bot.model.ports import ChatLook, ChatMessage, MessageToFan, OpenedThread, Post
from bot.model.read_purposes import ReadPurpose
from bot.sandbox import witness
from storage.records import CreatorId, DiscordId, FanId, FanvueMessageId, MediaId, Millis, Reference
from tests.relay.card_index import CardIndex, carries
from tests.relay.clock_fixtures import SettableClock
from tests.relay.fault_switchboard import FaultSwitchboard
from tests.relay.post_limits import must_fit

NONCE_WINDOW: Millis = 120_000
CLOCK_SKEW: Millis = 60_000


class FanvueChats:
    """Every chat of every creator; a message once written is never written again by itself."""

    def __init__(self, clock: SettableClock) -> None:
        self.faults = FaultSwitchboard(clock)
        self.keys: list[str] = []
        self.voices: list[CallAccount | None] = []
        self.read: list[tuple[str, FanId, ReadPurpose]] = []  # by which method, and what for
        self.names: dict[tuple[CreatorId, FanId], Person] = {}
        self._clock = clock
        self._chats: dict[tuple[CreatorId, FanId], list[ChatMessage]] = {}
        self._numbers = count(1)

    async def send(
        self,
        creator: CreatorId,
        fan: FanId,
        message: MessageToFan,
        *,
        key: str,
        voice: CallAccount | None = None,
    ) -> FanvueMessageId:
        self.keys.append(key)
        self.voices.append(voice)
        made = await self.faults.around(
            "send",
            lambda: self.write(
                creator, fan, message.text, by_creator=True, media=message.media, price=message.price
            ),
        )
        return made.message

    async def message(
        self, creator: CreatorId, fan: FanId, message: FanvueMessageId, reads: ReadPurpose
    ) -> ChatMessage:
        def find() -> ChatMessage:
            found = [there for there in self.chat(creator, fan) if there.message == message]
            if not found:
                raise TargetGone("Fanvue no longer has this chat or message.")
            return found[0]

        self.read.append(("message", fan, reads))
        return await self.faults.around("message", find)

    async def recent(self, creator: CreatorId, fan: FanId, reads: ReadPurpose) -> Sequence[ChatMessage]:
        self.read.append(("recent", fan, reads))
        return await self.faults.around("recent", lambda: self.chat(creator, fan)[::-1][:50])

    async def sent_since(self, creator: CreatorId, fan: FanId, since: Millis) -> Sequence[ChatMessage]:
        def sent() -> list[ChatMessage]:
            return [one for one in self.chat(creator, fan)[::-1] if not one.sent_at or one.sent_at >= since]

        self.read.append(("recent", fan, ReadPurpose.SETTLE))
        return await self.faults.around("recent", sent)

    async def lately(
        self, creator: CreatorId, fan: FanId, reads: ReadPurpose, look: ChatLook
    ) -> Sequence[ChatMessage]:
        def since() -> list[ChatMessage]:
            return [there for there in self.chat(creator, fan)[::-1] if there.sent_at >= look.since]

        self.read.append(("lately", fan, reads))
        return await self.faults.around("lately", since)

    async def unsend(self, creator: CreatorId, fan: FanId, message: FanvueMessageId) -> None:
        def take_back() -> None:
            if any(there.message == message and there.bought_at for there in self.chat(creator, fan)):
                raise DeliveryRefused("A message that was bought is not taken back.")
            self.delete(message)

        await self.faults.around("unsend", take_back)

    async def has(self, creator: CreatorId, fan: FanId, message: FanvueMessageId, *, since: Millis) -> bool:
        return await self.faults.around(
            "has",
            lambda: any(
                there.message == message and there.sent_at >= since - CLOCK_SKEW
                for there in self.chat(creator, fan)
            ),
        )

    async def person(self, creator: CreatorId, fan: FanId) -> Person:
        return await self.faults.around("person", lambda: self.names.get((creator, fan), Person(fan)))

    # ── what people do there ──

    def write(
        self,
        creator: CreatorId,
        fan: FanId,
        text: str | None,
        *,
        by_creator: bool = False,
        media: Sequence[MediaId] = (),
        price: int | None = None,
    ) -> ChatMessage:
        """Somebody writes, on Fanvue or by `send`."""
        witness.note("text", text)
        made = ChatMessage(
            message=FanvueMessageId(f"message-{next(self._numbers)}"),
            from_creator=by_creator,
            text=text,
            media=tuple(media),
            price=price,
            sent_at=self._clock.now(),
            read=False,
            bought_at=None,
        )
        self._chats.setdefault((creator, fan), []).append(made)
        return made

    def chat(self, creator: CreatorId, fan: FanId) -> list[ChatMessage]:
        """The whole chat, oldest first, as it is now."""
        self.faults.catch_up()
        return self._chats.get((creator, fan), [])

    def change(
        self, message: FanvueMessageId, *, read: bool | None = None, bought_at: Millis | None = None
    ) -> None:
        """A fan reads or buys."""
        for chat in self._chats.values():
            for index, there in enumerate(chat):
                if there.message == message:
                    chat[index] = replace(
                        there,
                        read=there.read if read is None else read,
                        bought_at=bought_at or there.bought_at,
                    )

    def delete(self, message: FanvueMessageId) -> None:
        """Somebody unsends."""
        for key, chat in self._chats.items():
            self._chats[key] = [there for there in chat if there.message != message]


@dataclass
class ChannelStandIn:
    """A thread or a text channel."""

    forum: DiscordId | None = None
    name: str = ""
    tags: tuple[DiscordId, ...] = ()
    posts: dict[DiscordId, Post] = field(default_factory=dict)  # oldest first; a thread's card included
    posted_at: dict[DiscordId, Millis] = field(default_factory=dict)
    nonces: dict[str, tuple[Millis, DiscordId]] = field(default_factory=dict)


class DiscordChannels:
    """Forums, their threads, text channels, and private answers."""

    def __init__(self, clock: SettableClock) -> None:
        self.faults = FaultSwitchboard(clock)
        self.forums: set[DiscordId] = set()
        self.channels: dict[DiscordId, ChannelStandIn] = {}
        self.answers: dict[str, Post] = {}
        self.deleted: list[DiscordId] = []
        self._cards = CardIndex()
        self._clock = clock
        self._ids = count(1_500_000_000_000_000_000)
        self._posted = asyncio.Event()

    async def open_thread(
        self, forum: DiscordId, *, name: str, card: Post, tags: Sequence[DiscordId]
    ) -> OpenedThread:
        def make() -> OpenedThread:
            self._must_have_forum(forum)
            thread = self._id()
            self._add(thread, ChannelStandIn(forum, name, tuple(tags)), must_fit(card))
            return OpenedThread(thread, thread)

        return await self.faults.around("open_thread", make)

    async def find_threads(
        self, forum: DiscordId, reference: Reference, *, since: Millis
    ) -> Sequence[OpenedThread]:
        def find() -> list[OpenedThread]:
            self._must_have_forum(forum)
            oldest = since - CLOCK_SKEW
            return [
                OpenedThread(thread, thread)
                for thread in self._cards.threads(reference)
                if (channel := self.channels.get(thread)) is not None
                and channel.forum == forum
                and channel.posted_at[thread] >= oldest
                and carries(channel.posts[thread], reference)
            ]

        return await self.faults.around("find_threads", find)

    async def delete_thread(self, thread: DiscordId) -> None:
        await self.faults.around("delete_thread", lambda: self.delete(thread))

    async def post(self, channel: DiscordId, post: Post, *, nonce: str) -> DiscordId:
        def make() -> DiscordId:
            there = self._channel(channel)
            at, known = there.nonces.get(nonce, (0, DiscordId(0)))
            if known and self._clock.now() < at + NONCE_WINDOW:
                return known
            made = self._id()
            there.posts[made] = must_fit(post)
            there.posted_at[made] = self._clock.now()
            there.nonces[nonce] = (self._clock.now(), made)
            self._posted.set()
            return made

        return await self.faults.around("post", make)

    async def find_post(self, channel: DiscordId, reference: str, *, since: Millis) -> DiscordId | None:
        def find() -> DiscordId | None:
            there = self._channel(channel)
            young = (made for made, at in there.posted_at.items() if at >= since - CLOCK_SKEW)
            return next((made for made in young if carries(there.posts[made], reference)), None)

        return await self.faults.around("find_post", find)

    async def edit(self, channel: DiscordId, message: DiscordId, post: Post) -> None:
        def change() -> None:
            posts = self._channel(channel).posts
            if message not in posts:
                raise TargetGone("The message was deleted.")
            posts[message] = must_fit(post)
            if message == channel:
                self._cards.add(channel, post)

        await self.faults.around("edit", change)

    async def answer(self, token: str, post: Post, message: str | None = None) -> None:
        await self.faults.around("answer", lambda: self.answers.update({message or token: must_fit(post)}))

    async def answer_beside(self, token: str, post: Post) -> str:
        """A private message of its own; the interaction's stays."""
        made = f"{token}:{next(self._ids)}"
        await self.faults.around("answer", lambda: self.answers.update({made: must_fit(post)}))
        return made

    # ── what people do and see there ──

    def delete(self, channel: DiscordId) -> None:
        """Somebody deletes a thread or channel."""
        self._channel(channel)
        del self.channels[channel]
        self.deleted.append(channel)

    def twin(self, thread: DiscordId) -> None:
        """A thread with the same card is made beside this one."""
        there = self.channels[thread]
        self._add(DiscordId(thread + 10**9), ChannelStandIn(there.forum, there.name), there.posts[thread])

    def threads(self, forum: DiscordId) -> list[DiscordId]:
        """The threads of a forum, oldest first."""
        return sorted(made for made, channel in self.channels.items() if channel.forum == forum)

    def lines(self, channel: DiscordId) -> list[Post]:
        """The posts of a channel; of a thread, all but its card."""
        return [post for made, post in self.channels[channel].posts.items() if made != channel]

    async def until_posts(self, number: int) -> None:
        """Return when there are so many posts, cards not counted."""
        async with asyncio.timeout(20):
            while sum(len(self.lines(channel)) for channel in self.channels) < number:
                self._posted.clear()
                await self._posted.wait()

    def _add(self, thread: DiscordId, made: ChannelStandIn, card: Post) -> None:
        made.posts[thread], made.posted_at[thread] = card, self._clock.now()
        self.channels[thread] = made
        self._cards.add(thread, card)

    def _must_have_forum(self, forum: DiscordId) -> None:
        if forum not in self.forums:
            raise TargetGone("The thread or channel was deleted.")

    def _channel(self, channel: DiscordId) -> ChannelStandIn:
        if channel not in self.channels:
            raise TargetGone("The thread or channel was deleted.")
        return self.channels[channel]

    def _id(self) -> DiscordId:
        return DiscordId(next(self._ids))
