"""The scripted evening on the page: plays if untouched, waits for a person."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any, Literal

import aiohttp

from bot.sandbox.browser import NoSuchButton
from bot.sandbox.discord.client_input import NotPossible
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.model import FORUM
from bot.sandbox.fanvue.money import NotPossibleError
from bot.sandbox.play import ROUNDS, EveningPlay, PlayFailed
from bot.sandbox.program import ProgramFailed
from bot.sandbox.stage import DemoStage

Step = Callable[[], Awaitable[None]]
KEPT = 200  # lines
# What a person who stepped in can make impossible for the people of the story.
_UPSET = (
    PlayFailed,
    NoSuchButton,
    NotPossible,
    NotPossibleError,
    DiscordApiError,
    ProgramFailed,
    TimeoutError,
    aiohttp.ClientError,
)


class EveningStory:
    """The evening, step by step. `state`: waiting (for a viewer), playing, paused, over."""

    def __init__(self, stage: DemoStage, ring: Callable[[], None], *, pace: float, grace: float) -> None:
        """`pace`: seconds of the clock for one of the story; `grace`: seconds to look around first."""
        self._stage, self._ring, self._pace, self._grace = stage, ring, pace, grace
        self._going, self._watched = asyncio.Event(), asyncio.Event()
        self._going.set()
        self.state: Literal["waiting", "playing", "paused", "over"] = "waiting"
        self.resumed = False
        self.lines: list[dict[str, Any]] = []
        self._play = EveningPlay(stage, self._pause, self.say)

    async def perform(self) -> None:
        """The whole evening; it begins when somebody looks, and ends when it is over."""
        await self._watched.wait()
        await self._pause(self._grace)
        for step in self._steps():
            try:
                await self._going.wait()
                await step()
            except _UPSET as upset:
                why = str(upset).partition("\n")[0] or "somebody did not see what they waited for"
                self.say(f"The evening is held up: {why}")
                self.pause()
        self._become("over")
        self.say("The evening is over. Everything stays here until you stop the demo.")

    def watched(self) -> None:
        if self.state == "waiting":
            self._become("playing")
        self._watched.set()

    def touched(self) -> None:
        """Somebody does something: the story lets them."""
        if self._going.is_set() and self.state != "over":
            self.say("You took over: the evening waits.")
            self.pause()

    def pause(self) -> None:
        """Stop at the next breath."""
        if self.state != "over":
            self._going.clear()
            self._become("paused")

    def resume(self) -> None:
        if self.state != "over":
            self.resumed = True
            self._become("playing")
            self._going.set()

    def say(self, line: str) -> None:
        """Tell the viewers one line of the story."""
        self.lines.append({"at": time.time(), "text": line.strip()})
        del self.lines[:-KEPT]
        self._ring()

    def shown(self) -> dict[str, Any]:
        """State and lines; `resumed`: the viewer has let it go on, so looking around is no touch."""
        return {"state": self.state, "resumed": self.resumed, "lines": self.lines[-40:]}

    def _steps(self) -> Iterator[Step]:
        """Each is asked for when the one before is done: people may have done it themselves by then."""
        if not self._has_channels():
            yield self._play.set_up
        if not self._is_linked():
            yield self._play.link
        self._play.repeat_webhooks()
        for number in range(ROUNDS):
            yield partial(self._play.round, number)
        yield self._play.owner_posts
        yield self._play.owner_writes_to_all
        yield self._play.owner_looks

    def _has_channels(self) -> bool:
        channels = self._stage.discord.world.channels
        return any(channels[number].type == FORUM for number in self._stage.guild.channel_ids)

    def _is_linked(self) -> bool:
        everything = self._stage.discord.world.messages.values()
        return any(" is connected" in message.text for found in everything for message in found.values())

    async def _pause(self, seconds: float) -> None:
        await self._going.wait()
        await asyncio.sleep(seconds * self._pace)
        await self._going.wait()

    def _become(self, state: Literal["waiting", "playing", "paused", "over"]) -> None:
        self.state = state
        self._ring()
