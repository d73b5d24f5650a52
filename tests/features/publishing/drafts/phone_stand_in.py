"""A member at a phone: opens the draft, taps, fills windows in, reads it."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInMessage, walk
from bot.sandbox.discord.people import DiscordPerson
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, plain


class PhoneStandIn:
    """One Discord client of one person. `taps` and `windows` count what they had to do."""

    def __init__(self, house: LiveBridge, who: DiscordPerson | None = None) -> None:
        self.house = house
        self.who = who or house.stage.owner
        self.taps = self.windows = 0
        self.said = ""  # the last answer, which is another message where a press was not allowed
        self._message: StandInMessage | None = None

    @property
    def message(self) -> StandInMessage:
        """The one message."""
        assert self._message is not None, "nothing was opened"
        return self._message

    @property
    def text(self) -> str:
        """What it says."""
        return plain(self.message)

    async def mass(self, **options: str) -> str:
        """/mass new; what it answers."""
        stage = self.house.stage
        answer = await (await self.who.slash(stage.guild, stage.lobby, "mass new", **options)).done(PATIENCE)
        assert answer.ephemeral
        self._message = answer.message
        return self.text

    async def tap(self, label: str) -> str:
        """Press a button; what the message says then."""
        self.taps += 1
        return await self._changed(lambda: self.who.click(self.message, label))

    async def choose(self, which: str, *labels: str) -> str:
        """Choose in a list what begins so, likewise."""
        self.taps += 1
        offered = [label for label, _, _ in self.options(which)]
        meant = [next(one for one in offered if one.startswith(label)) for label in labels]
        return await self._changed(lambda: self.who.choose(self.message, which, *meant))

    async def fill(self, label: str, **fields: Any) -> str:
        """Press a button that opens a window, and send it with this in it."""
        return await self.send(await self.opens(label), **fields)

    async def opens(self, label: str) -> InteractionAnswer:
        """The window that a button opens."""
        opened = await self.who.click(self.message, label)
        await opened.opened(PATIENCE)
        return opened

    async def send(self, opened: InteractionAnswer, **fields: Any) -> str:
        """Send a window that is open."""
        self.windows += 1
        return await self._changed(lambda: self.who.submit(opened, fields))

    def options(self, which: str) -> list[tuple[str, str, bool]]:
        """What a list offers: label, description, chosen."""
        (found,) = [one for one in walk(self.message.components) if one.get("placeholder") == which]
        return [
            (one["label"], one.get("description") or "", one.get("default", False))
            for one in found["options"]
        ]

    async def _changed(self, act: Callable[[], Any]) -> str:
        before = self.message.versions
        answer = await act()
        await self.house.until(lambda: self.message.versions > before or answer.state in {"shown", "failed"})
        self.said = answer.text
        return self.text


def begins(window: InteractionAnswer) -> dict[str, str]:
    """What the fields of a window begin with."""
    assert window.modal is not None
    parts = [part["component"] for part in window.modal["components"]]
    return {part["custom_id"]: str(part.get("value") or "") for part in parts}
