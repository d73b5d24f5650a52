"""The person who minds what the bridge asks: [Send again] or [Discard]."""

import asyncio
import random
from dataclasses import dataclass, field

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.client_input import NotPossible
from bot.sandbox.discord.model import StandInMessage
from tests.proofs.soak.creator_setup import labels
from tests.proofs.soak.soak_scenario import SoakCreator, SoakScenario

AGAIN, DISCARD = "Send again", "Discard"
_QUESTIONS = ("Send it again, or discard it.", "Not sent:")  # as the thread words them
_LOOK_EVERY = 0.2
_PRESS_AGAIN_AFTER = 3.0


@dataclass
class QuestionMinder:
    """Looks at every thread for questions, as a team would."""

    town: SoakScenario
    rng: random.Random
    asked: set[int] = field(default_factory=set)  # every message that ever asked
    answers: list[InteractionAnswer] = field(default_factory=list)
    _pressed: dict[int, float] = field(default_factory=dict)
    _where: dict[int, int] = field(default_factory=dict)
    _read: int = 0

    @property
    def waiting(self) -> list[StandInMessage]:
        """The questions that are open now."""
        found = (self.message(which) for which in self.asked)
        return [message for message in found if message is not None and AGAIN in labels(message)]

    async def run(self) -> None:
        """Mind until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(_LOOK_EVERY)  # a person looks now and then

    async def look(self) -> None:
        """Press once on every open question that was not pressed lately."""
        self.notice()
        now = asyncio.get_running_loop().time()
        for message in self.waiting:
            if now - self._pressed.get(message.id, 0.0) > _PRESS_AGAIN_AFTER:
                self._pressed[message.id] = now
                await self._press(message)

    async def _press(self, message: StandInMessage) -> None:
        house = self._house(message)
        which = AGAIN if self.rng.random() < 0.7 else DISCARD
        clickers = house.members if self.rng.random() < 0.5 else house.members[:1]  # two at the same moment
        for member in clickers:
            try:
                self.answers.append(await member.click(message, which))
            except NotPossible:
                return

    def notice(self) -> None:
        """Read on in Discord's ledger for new questions."""
        ledger = self.town.discord.ledger
        since, self._read = self._read, len(ledger)
        for kind in ("message_created", "message_edited"):
            for entry in ledger.of(kind, since):
                if any(words in entry.data["text"] for words in _QUESTIONS):
                    self._where[entry.data["message_id"]] = entry.data["channel_id"]
                    self.asked.add(entry.data["message_id"])

    def message(self, which: int) -> StandInMessage | None:
        """The message that asked, unless it is gone."""
        return self.town.discord.world.messages.get(self._where[which], {}).get(which)

    def _house(self, message: StandInMessage) -> SoakCreator:
        guild = self.town.discord.world.channels[message.channel_id].guild_id
        return next(house for house in self.town.houses if house.guild.id == guild)
