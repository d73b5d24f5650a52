"""Members who plan on the page, and the lines that wait for a press on Discord."""

from dataclasses import dataclass

from bot.sandbox.discord.model import StandInMessage, walk
from tests.features.people.team_page.page_scenario import MemberBrowser, PageAnswer, PageScenario
from tests.proofs.faults.live_bridge import labels, plain

POST, MASS = "calendar/post", "calendar/mass"
EVERYONE = {"to.subscribers": "Subscribers"}


@dataclass
class PlanningScenario(PageScenario):
    """What comes of a form."""

    async def plans(self, browser: MemberBrowser, key: str, **typed: str) -> PageAnswer:
        """Open a form, fill it in and send it."""
        where = self.at(key)
        return await browser.sends(where, await browser.form(where), **typed)

    def line(self, answer: PageAnswer) -> StandInMessage | None:
        """The line in the alerts channel of what was planned."""
        draft = answer.where.rpartition("planned=")[2]
        assert draft, answer.text
        found = [m for m in self.house.reports() if labels(m) and _is_of(m, draft)]
        return found[0] if found else None

    async def stands(self, answer: PageAnswer) -> StandInMessage:
        """The same, once it is there."""
        await self.house.until(lambda: self.line(answer) is not None)
        line = self.line(answer)
        assert line is not None
        return line

    async def says(self, words: str) -> None:
        """Return once a line of the channel says this."""
        await self.house.until(lambda: any(words in plain(line) for line in self.house.reports()))


def _is_of(line: StandInMessage, draft: str) -> bool:
    return any(draft in str(part.get("custom_id", "")) for part in walk(line.components))
