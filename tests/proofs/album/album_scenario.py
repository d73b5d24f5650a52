"""The people of an album: a whole stage, and hands that wait for what they caused."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bot.sandbox import patience
from bot.sandbox.browser import Browser, BrowserPage
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, StandInMessage, walk
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.page.launcher import invite_outsider
from bot.sandbox.page.live_updates import ChangeBell
from bot.sandbox.page.server import served
from bot.sandbox.page.story import EveningStory
from bot.sandbox.play import EveningPlay
from bot.sandbox.program import BridgeInstallation
from bot.sandbox.stage import DemoStage, staged
from bot.settings.model import SCOPES
from tests.features.inbox.assistant.model_server import ModelServer, model_server
from tests.warm_bridge import WarmProgram

T = TypeVar("T")
PATIENCE = patience.SECONDS
_OFTEN = 0.25  # seconds: of what changes on Fanvue, Discord does not tell
SPEED = 4.0
LINKS = ("read:tracking_links", "write:tracking_links")
QUIETLY = 1_000_000.0  # seconds: a story that nobody waits for


class ViewNotReached(AssertionError):
    """Raised when a view is not what somebody on the stage gets to see."""


@dataclass(frozen=True)
class AlbumView:
    """What is to be seen: by whom, where, which message; or the form or page that was opened instead."""

    who: DiscordPerson
    where: StandInChannel
    message: StandInMessage | None
    form: dict[str, Any] | None = None
    page: BrowserPage | None = None  # in their browser, instead

    @property
    def words(self) -> str:
        """All that can be read in it."""
        if self.page is not None:
            return self.page.text
        if self.form is not None:
            parts = [
                self.form["title"],
                *(str(one.get("label") or "") for one in walk(self.form["components"])),
            ]
            return "\n".join(filter(None, parts))
        labels = [
            str(one.get("label") or one.get("placeholder") or "") for one in walk(self.there.components)
        ]
        return "\n".join([self.there.text, *filter(None, labels)])

    @property
    def there(self) -> StandInMessage:
        """The message, where there is one."""
        if self.message is None:
            raise ViewNotReached("a form was opened where a message was expected")
        return self.message


class AlbumScenario:
    """Luna's server with her team: Mara and Theo (a lead) answer, Tess learns, Nina is a stranger."""

    def __init__(
        self, stage: DemoStage, url: str, database: Path, assistant: ModelServer | None = None
    ) -> None:
        """`url`: where the page is served; `database`: the bridge's; `assistant`: that it may ask."""
        self.stage, self.url, self.database = stage, url, database
        self.assistant = assistant or ModelServer()
        self.browser: Callable[[], Browser] = Browser  # of whoever opens a page
        self._refused = False
        self.luna = stage.owner
        self.mara, self.theo = stage.members["mara"], stage.members["theo"]
        self.tess = _trainee(stage)
        self.play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _line: None)

    # ── places ──

    @property
    def lobby(self) -> StandInChannel:
        """Where anybody may type."""
        return self.stage.lobby

    @property
    def alerts(self) -> StandInChannel:
        """The creator's alerts channel."""
        return self._channel("luna-alerts")

    def _channel(self, name: str) -> StandInChannel:
        return next(one for one in self.stage.discord.world.channels.values() if one.name == name)

    async def writes(self, handle: str, words: str, media: int = 0) -> StandInChannel:
        """A fan writes; their thread, once it shows so."""
        await self.stage.fans[handle].write(words, media=media)
        return (await self.line(handle, words)).where

    # ── deeds ──

    async def slash(
        self, who: DiscordPerson, where: StandInChannel, command: str, /, **options: Any
    ) -> AlbumView:
        """What a command is answered with."""
        return await self.seen(await who.slash(self.stage.guild, where, command, **options))

    async def click(self, shot: AlbumView, label: str, who: DiscordPerson | None = None) -> AlbumView:
        """What a button is answered with."""
        person = who or shot.who
        before = shot.there.text
        answer = await person.click(shot.message, label)
        return await self.seen(answer, before)

    async def press(self, shot: AlbumView, begins: str) -> AlbumView:
        """The same for the button whose label begins so, once it is there."""

        def there() -> str | None:
            return next((one for one in shot.words.splitlines() if one.startswith(begins)), None)

        return await self.click(shot, await self.until(there, f"a button “{begins}…”"))

    async def choose(self, shot: AlbumView, which: str, *values: str) -> AlbumView:
        """What a choice in a list is answered with."""
        before = shot.there.text
        return await self.seen(await shot.who.choose(shot.message, which, *values), before)

    async def form(
        self, shot: AlbumView, label: str, who: DiscordPerson | None = None
    ) -> tuple[InteractionAnswer, AlbumView]:
        """The form that a button opens, to be filled in."""
        person = who or shot.who
        answer = await (await person.click(shot.message, label)).done(PATIENCE)
        if answer.modal is None:
            raise ViewNotReached(f"{label} opened no form: {answer.text or answer.state}")
        return answer, AlbumView(person, shot.where, shot.message, answer.modal)

    async def submit(self, who: DiscordPerson, opened: InteractionAnswer, **fields: Any) -> AlbumView:
        """What a filled-in form is answered with."""
        return await self.seen(await who.submit(opened, fields))

    async def seen(self, answer: InteractionAnswer, before: str | None = None) -> AlbumView:
        """What came back at last. `before`: what the button's own message said, if it may be changed."""
        await answer.done(PATIENCE)
        person = self.stage.discord.person(answer.interaction.user.id)
        where = answer.interaction.channel
        if answer.state == "updated" and before is not None:
            await answer.until(lambda now: bool(now.followups) or now.text != before, PATIENCE)
        message = answer.followups[-1] if answer.followups else answer.message
        if answer.modal is not None:
            return AlbumView(person, where, answer.interaction.source, answer.modal)
        if message is None or message.deleted:
            raise ViewNotReached(f"nothing was answered: {answer.state}")
        return AlbumView(person, where, message)

    # ── looking ──

    async def line(self, handle: str, words: str, who: DiscordPerson | None = None) -> AlbumView:
        """The newest line with these words in a fan's thread; a private answer is none."""

        def there() -> AlbumView | None:
            thread = self.play.thread_of(handle)
            return self._newest(thread, words, who or self.mara, private=False) if thread else None

        return await self.until(there, f"@{handle}'s thread shows “{words}”")

    async def post(
        self, where: StandInChannel, words: str, who: DiscordPerson | None = None, *, within: float = PATIENCE
    ) -> AlbumView:
        """The newest message with these words in a channel."""
        look = partial(self._newest, where, words, who or self.mara)
        return await self.until(look, f"#{where.name} shows “{words}”", within)

    async def card(self, handle: str, words: str) -> AlbumView:
        """The first message of a fan's thread, once it says this."""

        def there() -> AlbumView | None:
            thread = self.play.thread_of(handle)
            shown = self.mara.read(thread) if thread else []
            fits = shown and words in readable(shown[0])
            return AlbumView(self.mara, thread, shown[0]) if thread and fits else None

        return await self.until(there, f"@{handle}'s card shows “{words}”")

    async def says(self, shot: AlbumView, words: str, within: float = PATIENCE) -> AlbumView:
        """The same message, once it says this."""
        told = partial(_says, shot, words)
        await self.until(told, f"it says “{words}”", within)
        return shot

    async def until(self, look: Callable[[], T | None], what: str, within: float = PATIENCE) -> T:
        """The first thing found; raises Unreached."""
        try:
            found = await self.stage.discord.world.until(look, within, often=_OFTEN)
        except TimeoutError:
            raise ViewNotReached(f"never seen: {what}") from None
        assert found is not None
        return found

    def _newest(
        self, where: StandInChannel, words: str, who: DiscordPerson, *, private: bool = True
    ) -> AlbumView | None:
        shown = [one for one in who.read(where) if private or not one.ephemeral]
        found = [one for one in shown if words in readable(one) and not one.deleted]
        return AlbumView(who, where, found[-1]) if found else None

    # ── trouble ──

    async def cut(self) -> None:
        """Fanvue cannot be reached, until the view was seen."""
        self._refused = True
        await self.stage.fanvue.refuse()

    async def mend(self) -> None:
        """Whatever a view needed to go wrong works again."""
        if self._refused:
            self._refused = False
            await self.stage.fanvue.accept()
        self.stage.fanvue.faults.clear()
        self.stage.discord.faults.clear()


def _says(shot: AlbumView, words: str) -> bool | None:
    return words in readable(shot.there) or None


def readable(message: StandInMessage) -> str:
    """Its text without the signs that keep what a fan wrote from being drawn."""
    return message.text.replace("\\", "")


def _trainee(stage: DemoStage) -> DiscordPerson:
    world = stage.discord.world
    user = world.add_user("tess")
    world.add_member(stage.guild, user, [stage.team])
    return stage.discord.person(user.id)


def _tick(stage: DemoStage) -> None:
    """The app may ask for tracking links, too."""
    apps = stage.fanvue.world.apps
    for known in list(apps.values()):
        apps[known.client_id] = replace(known, scopes=known.scopes.union(LINKS))


@asynccontextmanager
async def opened(
    folder: Path, program: type[BridgeInstallation] = WarmProgram
) -> AsyncIterator[AlbumScenario]:
    """The demo with its page; Luna has set up her server, linked her account, and sorted her team."""
    more = {"SWEEP_SECONDS": "8", "MESSAGE_CONTENT": "on", "CLAIM_SECONDS": "600", "BURST_SECONDS": "20"}
    more["FANVUE_SCOPES"] = " ".join((SCOPES, *LINKS))
    async with (
        model_server() as assistant,
        staged(folder, program, speed=SPEED, seed=7, **more, **assistant.settings) as stage,
    ):
        invite_outsider(stage)
        _tick(stage)
        bell = ChangeBell()
        story = EveningStory(stage, bell.ring, pace=QUIETLY, grace=QUIETLY)
        async with served(stage, story, bell) as url:
            yield AlbumScenario(stage, url, folder / "bridge.sqlite3", assistant)
