"""Who is awake: fans who write and read, and one who answers for each creator."""

import asyncio
import random
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from benchmarks.night.agency_scenario import channels
from benchmarks.night.night_script import FanAction, NightSize, is_new
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.client_input import NotPossible
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.model import StandInChannel, StandInMessage
from bot.sandbox.fanvue.money import NotPossibleError
from bot.sandbox.fanvue.people import StandInFan
from tests.proofs.soak.creator_setup import labels
from tests.proofs.soak.script_players import ReplyAttempt, has_arrived
from tests.proofs.soak.soak_scenario import SoakCreator, SoakScenario
from tests.proofs.soak.soak_script import ScriptStep

_GLANCE = 0.03  # undivided: how often somebody looks whether an answer has come
_PATIENCE = 20.0  # likewise: how long they do
_TYPES = (8.0, 25.0)  # seconds of the night, like all that follow
_LOOKS_AGAIN = 10.0  # at a board on which nobody waits
_TURNS_AWAY = 20.0  # from a fan who was just dealt with and still stands on the board
_READS = (5.0, 90.0)
_READ, _BOUGHT = 0.7, 0.3  # shares
_PRICED = 0.08
_WAYS = {"window": 50, "command": 36, "claims": 9, "snoozes": 3, "closes": 2}
_AN_HOUR = "in 3 minutes"  # of the clock: an hour of the night
_OURS = ("⏳ ", "✓ Sent", "👁 Seen", "💰 Paid")  # how a line of the team's says its state
_LINK = re.compile(r"/channels/\d+/(\d+)")
_HANDLE = re.compile(r"@(\w+) ·")
_WORDS = ("thank you!", "you are sweet", "just for you", "look at this", "sleep well", "tell me more")


@dataclass
class NightContext:
    """What all share."""

    town: SoakScenario
    size: NightSize
    attempts: list[ReplyAttempt] = field(default_factory=list)
    aside: int = 0  # snoozed or closed
    failed: int = 0  # presses and commands that came to nothing
    behind: float = 0.0  # seconds of the clock by which fans wrote late at most: the machine is too slow
    over: bool = False  # everybody who answers goes home

    async def passes(self, seconds: float) -> None:
        """So many seconds of the night."""
        await asyncio.sleep(seconds / self.size.speed)


async def fans_write(night: NightContext, script: Sequence[FanAction]) -> None:
    """The whole script, at its own pace."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    for deed in script:
        late = loop.time() - began - deed.at / night.size.speed
        if late < 0:
            await asyncio.sleep(-late)
        night.behind = max(night.behind, late)
        fan = night.town.houses[deed.house].fans[deed.fan]
        if is_new(deed.fan) and not fan.bond.subscribed:
            await fan.subscribe()
        if deed.cents is None:
            await fan.write(deed.text)
        else:
            await fan.tip(deed.cents)


class Chatter:
    """Works through one creator's board, the first fan first, as long as the night lasts."""

    def __init__(self, night: NightContext, house: SoakCreator) -> None:
        self._night, self._house = night, house
        self._rng = night.size.dice(10_000 + house.number)
        self._member = house.members[0]
        self._alerts = channels(night.town, house)[1]
        self._board: StandInMessage | None = None
        self._left: dict[int, float] = {}  # threads, and when this one turned away from each
        self._answered: dict[int, tuple[int, str]] = {}  # threads, and the fan's newest line with an answer
        self._fans = {fan.handle: fan for fan in house.fans}
        self._number = 0
        self._reading: set[asyncio.Task[None]] = set()

    async def work(self) -> None:
        """Until the night is over."""
        while not self._night.over:
            thread = self._next()
            if thread is None:
                await self._night.passes(_LOOKS_AGAIN * self._rng.uniform(0.5, 1.5))
                continue
            try:
                await self._deal(thread)
            except (NotPossible, DiscordApiError, TimeoutError):
                self._night.failed += 1
            self._left[thread.id] = asyncio.get_running_loop().time()
        await asyncio.gather(*self._reading)

    def waiting(self) -> bool:
        """Whether anybody stands on the board."""
        return bool(self._links())

    def _next(self) -> StandInChannel | None:
        now, world = asyncio.get_running_loop().time(), self._night.town.discord.world
        recent = _TURNS_AWAY / self._night.size.speed
        for link in self._links():
            thread = world.channels.get(link)
            if thread is None or now - self._left.get(link, 0.0) <= recent:
                continue
            newest = self._newest(thread)
            if newest is not None and (newest == self._answered.get(link) or _is_reply(newest[1])):
                continue  # a person who opens the thread sees the answer there: it is the board that is late
            return thread
        return None

    def _newest(self, thread: StandInChannel) -> tuple[int, str] | None:
        lines = ((one.id, one.text) for one in reversed(self._member.read(thread)) if "Reply" in labels(one))
        return next(lines, None)

    def _links(self) -> list[int]:
        if self._board is None or self._board.deleted:
            boards = (one for one in self._member.read(self._alerts) if "My inbox" in labels(one))
            self._board = next(boards, None)
        return [int(found) for found in _LINK.findall(self._board.text if self._board else "")]

    async def _deal(self, thread: StandInChannel) -> None:
        [way] = self._rng.choices(list(_WAYS), list(_WAYS.values()))
        if way in {"snoozes", "closes"}:
            await self._put_aside(thread, way)
            return
        if way == "claims":
            await self._settled(await self._member.slash(self._house.guild, thread, "fan claim"))
        named = _HANDLE.search(thread.name)
        if named is None or named.group(1) not in self._fans:
            raise NotPossible("nobody knows whose thread this is")
        fan, newest = self._fans[named.group(1)], self._newest(thread)
        step = self._step()
        answer = (
            await self._by_window(thread, step) if way == "window" else await self._by_command(thread, step)
        )
        if answer is None:
            self._night.failed += 1
            return
        attempt = ReplyAttempt(self._house, fan, step, answer)
        self._night.attempts.append(attempt)
        await self._settled(answer)
        if answer.state == "updated":
            await self._looks(answer, fan, step)
        await self._insist(answer)
        if attempt.told:
            self._reads_later(fan)
            if newest is not None:
                self._answered[thread.id] = newest

    def _step(self) -> ScriptStep:
        self._number += 1
        words = f"{self._rng.choice(_WORDS)} {self._house.number}x{self._number:05d}"
        dollars = self._rng.randrange(3, 60) if self._rng.random() < _PRICED else None
        return ScriptStep(self._number, self._house.number, 0, "replies", words, dollars)

    async def _put_aside(self, thread: StandInChannel, way: str) -> None:
        command, typed = ("fan snooze", {"until": _AN_HOUR}) if way == "snoozes" else ("fan close", {})
        await self._settled(await self._member.slash(self._house.guild, thread, command, **typed))
        self._night.aside += 1

    async def _by_command(self, thread: StandInChannel, step: ScriptStep) -> InteractionAnswer:
        await self._types()
        return await self._member.slash(self._house.guild, thread, "reply", **self._values(step))

    async def _by_window(self, thread: StandInChannel, step: ScriptStep) -> InteractionAnswer | None:
        newest = next((one for one in reversed(self._member.read(thread)) if "Reply" in labels(one)), None)
        opened = await self._member.click(newest, "Reply")
        await self._settled(opened)
        if opened.state == "shown":
            opened = await self._member.click(opened.message, "Answer anyway")
            await self._settled(opened)
        if opened.state != "modal":
            return None
        await self._types()
        return await self._member.submit(opened, self._values(step))

    def _values(self, step: ScriptStep) -> dict[str, str]:
        if step.dollars is None:
            return {"text": step.text}
        media = self._house.media[step.number % len(self._house.media)]
        return {"text": step.text, "price": str(step.dollars), "media": media}

    async def _types(self) -> None:
        await self._night.passes(self._rng.uniform(*_TYPES))

    async def _settled(self, answer: InteractionAnswer) -> None:
        async with asyncio.timeout(_PATIENCE):
            while answer.state in {"waiting", "thinking"}:  # noqa: ASYNC110 - waking all at each change costs more
                await asyncio.sleep(_GLANCE)

    async def _looks(self, answer: InteractionAnswer, fan: StandInFan, step: ScriptStep) -> None:
        """The window closed over its line: the reply leaves, or something beside the line says why not."""
        async with asyncio.timeout(_PATIENCE):
            while not answer.followups and not has_arrived(fan, step):  # noqa: ASYNC110 - likewise
                await asyncio.sleep(_GLANCE)

    async def _insist(self, answer: InteractionAnswer) -> None:
        """Whoever is asked because something new came in has read it, and says that it goes out."""
        while answer.message is not None and "Send" in labels(answer.message):
            before = answer.text
            await self._settled(await self._member.click(answer.message, "Send"))
            async with asyncio.timeout(_PATIENCE):
                while answer.text == before:  # noqa: ASYNC110 - likewise
                    await asyncio.sleep(_GLANCE)

    def _reads_later(self, fan: StandInFan) -> None:
        if self._rng.random() < _READ:
            task = asyncio.create_task(_reads(self._night, fan, self._rng))
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)


def _is_reply(line: str) -> bool:
    """Whether a line of a thread is the team's, and was sent or is about to be."""
    return any(mark in line for mark in _OURS)


async def _reads(night: NightContext, fan: StandInFan, rng: random.Random) -> None:
    """The fan opens the chat, and perhaps buys what was offered."""
    await night.passes(rng.uniform(*_READS))
    await fan.read()
    offered = next((one for one in reversed(fan.inbox()) if one.price and one.purchased_at is None), None)
    if offered is not None and rng.random() < _BOUGHT:
        with suppress(NotPossibleError):
            await fan.buy(offered.uuid)
