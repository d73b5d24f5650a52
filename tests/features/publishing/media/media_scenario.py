"""Olivia's vault: her Discord with a fan's thread, her Fanvue, a settable clock."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from bot.access.permits import Access
from bot.access.subjects import ActionSubjectFinder
from bot.fanvue.previews import PreviewPictures
from bot.fanvue.transport import open_http
from bot.features.publishing.media.feature import make_media
from bot.model.ports import OpenedThread, Post
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.components import STRING_SELECT
from bot.sandbox.discord.model import FORUM, StandInAttachment, walk
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.records import MediaRecord
from bot.sandbox.fanvue.vault import ServedFile
from storage.database import Database, Transaction
from storage.engine.connect import open_database
from storage.inbox import fans, threads
from storage.people import creators
from storage.records import Creator, DiscordId, FanThread, Reference, ThreadKey
from storage.records import Fan as FanRow
from tests.context_fixtures import context_in
from tests.database_place import with_schema
from tests.discord.discord_test_server import DiscordTestServer, each_as_itself, town
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario, evening_on
from tests.fanvue.peer_stand_in import anywhere
from tests.relay.clock_fixtures import ManualDriver, SeededIds, SettableClock

SECONDS = 2.0  # that a picture may take


@dataclass
class MediaScenario:
    """Olivia owns the server and the creator @luna; Maya answers the fan in `fan_thread`."""

    town: DiscordTestServer
    evening: FanvueScenario
    clock: SettableClock
    database: Database
    fan_thread: OpenedThread

    @property
    def fan(self) -> StandInFan:
        return self.evening.fan

    def add(
        self,
        name: str | None = None,
        kind: str = "image",
        status: str = "ready",
        lacks: Iterable[str] = (),
        **more: Any,
    ) -> MediaRecord:
        """An item of the vault, a minute newer than the one before, of which some forms were never made."""
        self.clock.at += 60_000
        made = self.evening.server.world.add_media(self.evening.account, kind, status, name)
        self.evening.server.world.lacking[made.uuid] = frozenset(lacks)
        for field, value in more.items():
            setattr(made, field, value)
        return made

    def serve(self, media: MediaRecord, content: bytes, content_type: str, moved_to: str = "") -> None:
        """Let the addresses of this item give something else than its picture."""
        self.evening.server.world.served[media.uuid] = ServedFile(content, content_type, moved_to)

    async def ask(self, who: str = "olivia", place: Any = None, **options: Any) -> InteractionAnswer:
        """Use /media browse, in the lobby or in another place; nobody else may see the answer."""
        person = getattr(self.town, who)
        where = self.town.lobby if place is None else place
        answer: InteractionAnswer = await person.slash(self.town.guild, where, "media browse", **options)
        await answer.done()
        assert answer.ephemeral
        return answer

    async def turn(self, answer: InteractionAnswer, which: str) -> InteractionAnswer:
        """Press ◀ or ▶; the same message shows something else then."""
        before = answer.text
        pressed: InteractionAnswer = await self.town.olivia.click(answer.message, which)
        return await pressed.until(lambda now: now.message is not None and now.text != before)

    async def show(self, answer: InteractionAnswer, *labels: str) -> InteractionAnswer:
        """Choose items of a page; the answer is a new message, for her alone."""
        chosen: InteractionAnswer = await self.town.olivia.choose(
            answer.message, select(answer)["custom_id"], *labels
        )
        await chosen.done()
        assert chosen.ephemeral
        return chosen

    async def typed(
        self, words: str, who: str = "olivia", option: str = "media", place: Any = None
    ) -> list[dict[str, Any]]:
        """What is offered to somebody who types in /reply."""
        where = self.fan_thread.thread if place is None else place
        offered: list[dict[str, Any]] = await getattr(self.town, who).autocomplete(
            self.town.guild, where, "reply", option, words
        )
        return offered

    async def link_too(self, handle: str) -> None:
        """Olivia connects another account."""
        first = self.town.desk.links[0]
        link = self.town.desk.link_up(first.discord_user, handle, first.guild)

        async def work(tx: Transaction) -> None:
            await creators.learn(tx, Creator(link.creator, handle, handle.title()), now=0)
            await creators.add_link(tx, link, now=0)

        await self.database.write(work)

    async def unlink(self) -> None:
        """Olivia takes her account away."""
        await self.database.write(lambda tx: creators.close(tx, LINK, now=self.clock.now()))

    def requests(self, path: str) -> int:
        """How often Fanvue was asked for something whose path ends so."""
        return sum(entry["path"].endswith(path) for entry in self.evening.server.ledger.of("request"))

    def fetched(self) -> list[tuple[str, bool]]:
        """Which forms of files were asked for, and whether they were given out."""
        return [(entry["variant"], entry["given"]) for entry in self.evening.server.ledger.of("file")]


def select(answer: InteractionAnswer) -> dict[str, Any]:
    """The list to choose from under a page."""
    assert answer.message is not None
    return next(part for part in walk(answer.message.components) if part["type"] == STRING_SELECT)


def offered(answer: InteractionAnswer) -> list[str]:
    """The labels of what can be chosen on a page."""
    return [one["label"] for one in select(answer)["options"]]


def files(answer: InteractionAnswer) -> Sequence[StandInAttachment]:
    """What hangs at an answer."""
    assert answer.message is not None
    return answer.message.attachments


def picture(answer: InteractionAnswer) -> "Image.Image":
    """The one picture that hangs at an answer."""
    (file,) = files(answer)
    return Image.open(BytesIO(file.content))


@asynccontextmanager
async def opened(
    folder: Path, *, prefix: str = "/v1", hosts: Sequence[str] = ()
) -> AsyncIterator[MediaScenario]:
    """Everything is there, and the vault is empty."""
    clock = SettableClock()
    database = await open_database(with_schema(f"sqlite:///{folder}/bridge.sqlite3"), now=0)
    try:
        async with (
            open_http(resolver=anywhere()) as http,
            evening_on(
                http, prefix=prefix, now=lambda: datetime.fromtimestamp(clock.at / 1000, tz=UTC)
            ) as evening,
        ):
            evening.server.switches.access_token_seconds = 10.0**9
            evening.holds(evening.server.world.grant(evening.account).access_token)
            previews = PreviewPictures(http, api_url=evening.server.url, hosts=hosts, seconds=SECONDS)
            on = await context_in(database, dispatch=ManualDriver(clock), clock=clock, ids=SeededIds())
            media = make_media(on, fanvue=evening.fanvue, previews=previews)
            services = each_as_itself(Access(database), ActionSubjectFinder(database), media, media.messages)
            async with town(services=services) as there:
                forum = there.server.world.add_channel(there.guild, "fans", FORUM, nsfw=True)
                card = Post(title="Quiet Otter", body=("A fan.",))
                thread = await there.bot.discord.open_thread(
                    DiscordId(forum.id), name="Quiet Otter", card=card, tags=[]
                )
                there.desk.fans.add(thread.thread)
                gallery = MediaScenario(there, evening, clock, database, thread)
                await _remember(gallery, DiscordId(forum.id))
                yield gallery
    finally:
        await database.close()


async def _remember(gallery: MediaScenario, forum: DiscordId) -> None:
    there, evening = gallery.town, gallery.evening
    guild = DiscordId(there.guild.id)
    link = there.desk.link_up(
        DiscordId(there.olivia.user.id), "luna", guild, id=LINK, creator=evening.creator
    )

    async def work(tx: Transaction) -> None:
        await creators.learn(tx, Creator(evening.creator, "luna", "Luna"), now=0)
        await creators.add_link(tx, link, now=0)
        await fans.learn(tx, FanRow(evening.creator, evening.fan_id, "otter", "Quiet Otter", None, 0))
        thread = FanThread(
            key=ThreadKey("thread-1"),
            creator=evening.creator,
            fan=evening.fan_id,
            generation=1,
            guild=guild,
            forum=forum,
            thread=None,
            card=None,
            reference=Reference("reference-1"),
            state="wanted",
        )
        await threads.want(tx, thread)
        await threads.opened(tx, thread.key, thread=gallery.fan_thread.thread, card=gallery.fan_thread.card)

    await gallery.database.write(work)
