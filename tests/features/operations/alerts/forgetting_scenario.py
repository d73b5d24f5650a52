"""The bell of this folder in a house whose owner forgets fans."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.engine.delivery import Deliveries
from bot.features.people.privacy.feature import PrivacyFeature
from bot.model.events import Person
from bot.relay.alerts import SHOWN_ANEW
from bot.relay.threads import ThreadOpener
from storage.records import Millis
from tests.features.operations.alerts.alerts_scenario import AlertsScenario, furnished
from tests.features.people.privacy.privacy_scenario import PrivacyDiscord, PrivateMessageLog
from tests.relay.relay_scenario import CREATOR


class AlertForgettingScenario(AlertsScenario):
    """A bell whose messages can be taken away again."""

    discord: PrivacyDiscord

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        if not isinstance(self.discord, PrivacyDiscord):
            self.discord = PrivacyDiscord(self.clock)
        made = super()._deliveries(opener)
        self.privacy = PrivacyFeature(self.ground(), self._no_unlink)
        handlers = made._handlers
        assert isinstance(handlers, dict)
        handlers.update(self.privacy.handlers(self.discord, PrivateMessageLog()))
        return made

    async def _no_unlink(self, *_who: object, **_by: object) -> None:
        raise AssertionError("nobody disconnects here")

    async def forgets(self, fan: Person) -> None:
        """Somebody has one fan forgotten; what follows on Discord comes with the next turn."""
        forgetting = self.privacy.forgetting
        seen = await forgetting.look_through(CREATOR, fan.id)
        await self.database.write(
            lambda tx: forgetting.forget(tx, CREATOR, fan.id, seen, cause=f"forgotten-{fan.id}")
        )

    async def day(self, wait: Millis) -> None:
        """So long passes, and the round of that day is done."""
        await self.pass_time(wait)
        await self.privacy.rounds.look()
        await self.pass_time(60_000)

    async def tried_to_show_anew(self) -> None:
        """Return when a message was shown without a forgotten fan, or that has to wait."""
        async with asyncio.timeout(20):
            while not any(kind == SHOWN_ANEW for kind, _ in self.watched):
                self._watched.clear()
                await self._watched.wait()


@asynccontextmanager
async def entered(path: Path) -> AsyncIterator[AlertForgettingScenario]:
    """A hall with a team; nobody has made a rule."""
    async with furnished(path, AlertForgettingScenario) as hall:
        yield hall
