"""Members who plan on the page, and the lines that wait for a press on Discord."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInMessage, walk
from tests.features.people.team_page.page_scenario import MemberBrowser, PageAnswer, PageScenario
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.proofs.faults.live_bridge import PATIENCE, labels, plain

POST, MASS = "calendar/post", "calendar/mass"
LISTS: Final = tuple(f"{what} {n:02}" for what in ("Birthday", "Tippers", "VIP", "Whales") for n in range(48))
_OPEN = "SELECT id FROM drafts WHERE state = 'open' AND action IN ('post.program', 'mass.program')"
_POSTED = "SELECT id FROM outbox WHERE external_id = ?"
_ITEM = re.compile(r'name="(item\.[^"]+)" value="([^"]+)"')
_LIST = re.compile(r'name="(to\.[^"]+)" value="([^"]+)"')


@dataclass
class PlanningScenario(PageScenario):
    """What comes of a form."""

    async def plans(self, browser: MemberBrowser, key: str, **typed: str) -> PageAnswer:
        """Open a form, fill it in and send it."""
        where = self.at(key)
        return await browser.sends(where, await browser.form(where), **typed)

    async def list_box(self, browser: MemberBrowser, name: str) -> dict[str, str]:
        """The box of a list of fans, ticked."""
        found = _LIST.findall((await browser.get(self.at(MASS))).source)
        return {unescape(box): unescape(value) for box, value in found if unescape(value) == name}

    def boxes(self, vault: PageAnswer) -> list[tuple[str, str]]:
        """The boxes of a page of the vault."""
        return [(unescape(name), unescape(value)) for name, value in _ITEM.findall(vault.source)]

    def line(self, answer: PageAnswer) -> StandInMessage | None:
        """The line in the alerts channel of what was planned."""
        draft = answer.where.rpartition("planned=")[2]
        assert draft, answer.text
        return self._line_of(draft)

    async def stands(self, answer: PageAnswer) -> StandInMessage:
        """The same, once it is there."""
        await self.house.until(lambda: self.line(answer) is not None)
        line = self.line(answer)
        assert line is not None
        return line

    async def linked(self, answer: PageAnswer) -> StandInMessage:
        """The same, once the bridge has stored where it is: the page links to it from then on."""
        line = await self.stands(answer)
        await self.house.stored(lambda: self.house.rows(_POSTED, f"{line.channel_id}:{line.id}"))
        return line

    async def press(self, line: StandInMessage, label: str) -> InteractionAnswer:
        """The owner presses a button of a line, or of what they were shown then."""
        return await (await self.house.stage.owner.click(line, label)).done(PATIENCE)

    async def opens(self, line: StandInMessage) -> PhoneStandIn:
        """The owner opens a mass message: what they see."""
        answer = await self.press(line, "Open")
        phone = PhoneStandIn(self.house)
        phone._message = answer.message
        return phone

    async def asks_for(self, command: str, **values: Any) -> InteractionAnswer:
        """The owner runs a command."""
        stage = self.house.stage
        return await (await stage.owner.slash(stage.guild, stage.lobby, command, **values)).done(PATIENCE)

    async def says(self, words: str) -> None:
        """Return once a line of the channel says this."""
        await self.house.until(lambda: any(words in plain(line) for line in self.house.reports()))

    async def left(self) -> None:
        """The owner discards all that still waits: 20 of a kind are the most."""
        for row in self.house.rows(_OPEN):
            await self.house.until(lambda row=row: self._line_of(str(row["id"])) is not None)  # type: ignore[misc]
            line = self._line_of(str(row["id"]))
            assert line is not None
            await self.press(line, "Discard")

    def drafts_of(self, member: int) -> list[dict[str, object]]:
        """All that somebody has planned."""
        return self.house.rows("SELECT id, action, state FROM drafts WHERE owner = ?", member)

    def _line_of(self, draft: str) -> StandInMessage | None:
        return next((m for m in self.house.reports() if labels(m) and _is_of(m, draft)), None)


def _is_of(line: StandInMessage, draft: str) -> bool:
    return any(draft in str(part.get("custom_id", "")) for part in walk(line.components))
