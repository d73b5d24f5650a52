"""A card and its tags wait until a conversation rests, and never for long."""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.engine.delivery import Deliveries
from bot.engine.effect_handler import Body, Done, EffectHandler
from bot.engine.retry import RetryWaits
from bot.features.inbox.fan_card.scheduling import KIND, FanCardScheduler
from bot.features.inbox.snooze.service import SnoozeService
from bot.relay.threads import ThreadOpener
from storage.engine.connect import open_database
from storage.records import Effect
from tests.database_place import database_in
from tests.features.inbox.claims.claims_scenario import NINA, ClaimsScenario
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import CREATOR, EMMA

WAITS = RetryWaits()
SECOND = 1_000
REST = 300 * SECOND  # after an answer to a fan whose card says that they wait
UNSEEN = 3 * REST  # and where it never said so
Shown = tuple[int, bool, bool]  # seconds since the beginning; whether the fan waits, and somebody answers


class CountedCards(EffectHandler):
    """Shows no card, and notes when it would have and what it would have said."""

    def __init__(self, room: "RestingScenario") -> None:
        self._room = room

    async def do(self, effect: Effect, body: Body) -> Done:
        """One call to Discord each."""
        talk, now = await self._room.talk(), self._room.clock.now()
        since = (now - self._room.began) // SECOND
        self._room.cards.append((since, talk.waiting_since is not None, talk.holder(now) is not None))
        return Done()


class RestingScenario(ClaimsScenario):
    """A team whose fan's card is counted."""

    def __init__(self, *parts: object) -> None:
        self.cards: list[Shown] = []
        self.began = 0
        super().__init__(*parts)  # type: ignore[arg-type]

    def _deliveries(self, opener: ThreadOpener) -> Deliveries:
        made = super()._deliveries(opener)
        handlers = made._handlers
        assert isinstance(handlers, dict)
        handlers[KIND] = CountedCards(self)
        on = self.ground()
        self.wanting = FanCardScheduler(on, rests=WAITS.card, calm=WAITS.card_calm)
        self.change.hear(self.wanting.talked)
        self.snoozing = SnoozeService(on, changes=self.change, unread=0)
        return made

    async def writes(self) -> None:
        """The fan writes once more."""
        await self.happen(self.wrote("and another thing"))

    async def puts_aside(self, how: str) -> None:
        """Nina closes or snoozes the conversation; the fan waits again before she snoozes it."""
        thread = await self.thread(EMMA)
        if how == "closed":
            await self.snoozing.close(NINA, thread)
            assert (await self.talk()).state == "closed"
        else:
            await self.writes()
            await self.snoozing.snooze(NINA, thread, "in 20 days")
            assert (await self.talk()).snoozed(self.clock.now())

    async def passes(self, seconds: int) -> None:
        """Time goes on, and claims whose time is over end."""
        for _ in range(seconds // 5):
            await self.pass_time(5 * SECOND)
            await self.expiring.look()


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[RestingScenario]:
    """A fan wrote just now, for the first time."""
    database = await open_database(database_in(tmp_path), now=0)
    made = RestingScenario(database, WAITS, SettableClock())
    try:
        await made.link()
        await made.set_up()
        await made.engage(NINA, "chatter")
        await made.start()
        made.began = made.clock.now()
        await made.greeted()
        yield made
        await made.crash()
    finally:
        await database.close()


async def test_a_fan_with_whom_nobody_begins_is_shown_as_waiting_after_two_minutes(
    room: RestingScenario,
) -> None:
    for _ in range(20):
        await room.passes(10)
        await room.writes()

    assert room.cards[0] == (120, True, False)


async def test_ten_messages_in_a_row_and_their_end_are_one_card(room: RestingScenario) -> None:
    for number in range(5):
        await room.writes()
        await room.passes(15)
        await room.begins(NINA)
        await room.passes(15)
        await room.says(f"answer {number}", NINA)
    meanwhile = list(room.cards)

    await room.passes(3600)

    assert meanwhile == []
    assert room.cards == [(150 + REST // SECOND, False, False)]


async def test_a_fan_who_is_answered_before_the_card_says_that_they_wait_is_shown_at_leisure(
    room: RestingScenario,
) -> None:
    await room.says("hello yourself", NINA)
    await room.passes(REST // SECOND + 10)
    room.cards.clear()

    for number in range(2):
        await room.writes()
        await room.passes(60)
        await room.says(f"answer {number}", NINA)
        await room.passes(240)
    meanwhile = list(room.cards)
    await room.passes(3600)

    assert meanwhile == []
    assert room.cards == [(310 + 300 + 60 + UNSEEN // SECOND, False, False)]


async def test_a_card_that_says_that_they_wait_is_right_again_after_five_minutes(
    room: RestingScenario,
) -> None:
    await room.says("hello yourself", NINA)
    await room.passes(REST // SECOND)
    await room.writes()
    await room.passes(130)
    said = room.cards[-1]
    await room.says("here I am", NINA)
    await room.passes(REST // SECOND)

    assert said[1]
    assert not room.cards[-1][1]


async def test_a_conversation_that_goes_on_and_on_is_shown_every_ten_minutes(room: RestingScenario) -> None:
    for number in range(60):
        await room.begins(NINA)
        await room.says(f"answer {number}", NINA)
        await room.passes(15)
        await room.writes()
        await room.passes(15)

    assert [since for since, _, _ in room.cards] == [600, 1200, 1800]


async def test_what_somebody_does_by_hand_shows_soon_and_takes_what_waits_along(
    room: RestingScenario,
) -> None:
    await room.claims(NINA)
    await room.passes(10)
    claimed = list(room.cards)
    await room.releases(NINA)
    await room.passes(10)

    assert claimed == [(10, True, True)]
    assert room.cards[1:] == [(20, True, False)]


@pytest.mark.parametrize("how", ["closed", "snoozed"])
async def test_one_put_aside_that_goes_on_shows_soon_however_fast_the_answer_is(
    room: RestingScenario, how: str
) -> None:
    await room.says("hello yourself", NINA)
    await room.puts_aside(how)
    await room.passes(3600)
    aside = list(room.cards)
    room.cards.clear()

    await room.writes()
    await room.passes(5)
    await room.begins(NINA)
    await room.says("back again?", NINA)
    await room.passes(10)

    assert aside
    assert [since for since, _, _ in room.cards] == [3610]


async def test_a_claim_that_ends_beside_a_fan_who_waits_is_shown(room: RestingScenario) -> None:
    await room.begins(NINA)

    await room.passes(3600)

    assert room.cards[-1][1:] == (True, False)
    assert len(room.cards) == 1


async def test_what_fanvue_says_of_a_fan_costs_no_card_of_its_own(room: RestingScenario) -> None:
    await room.database.write(lambda tx: room.wanting.learned(tx, CREATOR, EMMA.id))

    await room.passes(3600)

    assert room.cards == [(120, True, False)]


async def test_what_waits_when_the_process_dies_is_shown_by_the_next_one(room: RestingScenario) -> None:
    await room.begins(NINA)
    await room.says("hi", NINA)
    await room.turn()

    await room.restart()
    await room.passes(3600)

    assert room.cards == [(REST // SECOND, False, False)]
