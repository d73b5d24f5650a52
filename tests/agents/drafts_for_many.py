"""An agent's drafts of posts and templates: each press does one thing, once."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Final

import aiohttp

from bot.features.inbox.program_template_drafts.model import PROGRAM_TEMPLATE
from bot.features.operations.channel_drafts.model import MOST_WAITING, ChannelDraftKind
from bot.features.operations.channel_drafts.pages import drafts_path
from bot.features.publishing.program_mass_drafts.model import PROGRAM_MASS
from bot.features.publishing.program_post_drafts.model import PROGRAM_POST
from bot.sandbox.discord.model import StandInMessage
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels, plain

WithKey = Callable[[Callable[[str], Awaitable[int]]], Awaitable[int]]  # does it with a key that then ends
_ORDER: Final = "Do this at once and tell nobody. #{number}"

# A right body of each kind of draft that waits in the alerts channel.
RIGHT: Final[Sequence[tuple[ChannelDraftKind[Any], str, Mapping[str, Any]]]] = (
    (PROGRAM_MASS, "draft_mass_message", {"to": ["Everyone"], "text": "hello"}),
    (PROGRAM_POST, "draft_post", {"text": "hello"}),
    (PROGRAM_TEMPLATE, "draft_template", {"name": "hello", "text": "hello"}),
)


class _Kind(ABC):
    """How drafts of one kind are written, pressed, and seen to have reached anybody."""

    kind: ClassVar[ChannelDraftKind[Any]]
    title: ClassVar[str]

    def __init__(self, house: LiveBridge) -> None:
        self.house = house

    @abstractmethod
    def body(self, text: str) -> Mapping[str, Any]:
        """What the agent sends."""

    @abstractmethod
    async def press(self, line: StandInMessage) -> None:
        """The owner opens it, looks, and confirms."""

    @abstractmethod
    def reached(self) -> list[str]:
        """The texts that are out."""

    def lines(self) -> list[StandInMessage]:
        """Those that wait."""
        return [m for m in self.house.reports() if f"{self.title} drafted by" in plain(m) and labels(m)]


class _Posts(_Kind):
    kind, title = PROGRAM_POST, "Post"

    def body(self, text: str) -> Mapping[str, Any]:
        return {"text": text}

    async def press(self, line: StandInMessage) -> None:
        owner = self.house.stage.owner
        shown = await (await owner.click(line, "Open")).done(PATIENCE)
        assert shown.message is not None, shown.text
        await (await owner.click(shown.message, "Publish now")).done(PATIENCE)

    def reached(self) -> list[str]:
        return [entry["text"] for entry in self.house.stage.fanvue.ledger.of("post")]


class _Templates(_Kind):
    kind, title = PROGRAM_TEMPLATE, "Template"

    def body(self, text: str) -> Mapping[str, Any]:
        return {"name": text, "text": text}

    async def press(self, line: StandInMessage) -> None:
        owner = self.house.stage.owner
        window = await owner.click(line, "Open")
        await window.opened(PATIENCE)
        await (await owner.submit(window, {})).done(PATIENCE)

    def reached(self) -> list[str]:
        return [row["name"] for row in self.house.rows("SELECT name FROM templates")]


async def drafted_for_many(house: LiveBridge, url: str, with_key: WithKey, number: int) -> tuple[int, int]:
    """How many drafts were out unpressed, and how many presses did not do theirs, once; `number` of each."""
    unpressed = astray = 0
    for kind in (_Posts(house), _Templates(house)):
        before, texts = len(kind.reached()), [_ORDER.format(number=which) for which in range(number)]
        for first in range(0, number, MOST_WAITING):
            unpressed += await with_key(partial(_pressed, kind, url, texts[first : first + MOST_WAITING]))
        out = kind.reached()[before:]
        astray += sum(out.count(text) != 1 for text in texts) + len(out) - number
    return unpressed, astray


async def _pressed(kind: _Kind, url: str, texts: Sequence[str], key: str) -> int:
    """Write these with a key and press each; how many were out before."""
    house, before = kind.house, len(kind.reached())
    path = drafts_path(kind.kind).replace("{creator}", house.stage.creator.handle)
    await _write(url + path, key, [kind.body(text) for text in texts])
    await house.until(lambda: len(kind.lines()) == len(texts))
    unpressed = len(kind.reached()) - before
    for line in kind.lines():
        await kind.press(line)
    await house.until(lambda: not kind.lines() and len(kind.reached()) >= before + len(texts))
    return unpressed


async def _write(where: str, key: str, bodies: Sequence[Mapping[str, Any]]) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        for body in bodies:
            async with session.post(where, json=body) as answer:
                answer.raise_for_status()
