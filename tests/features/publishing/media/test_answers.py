"""Answers that show media are closed in time."""

from bot.features.publishing.media.answer_service import OPEN_FOR, MediaAnswerService
from bot.model.errors import TargetGone, TryLater
from storage.records import EffectId
from tests.relay.clock_fixtures import SeededIds, SettableClock

LINE = EffectId("AbCdEfGhIjKlMnOpQr-_12")


class DiscordsAnswers:
    """Private answers on Discord, by their tokens."""

    def __init__(self, *tokens: str) -> None:
        self.there = set(tokens)
        self.down = False
        self.asked = 0

    async def remove(self, _application: int, token: str) -> None:
        """Take one away, as Discord does."""
        self.asked += 1
        if self.down:
            raise TryLater("Discord does not answer.")
        if token not in self.there:
            raise TargetGone("It is gone.")
        self.there.remove(token)


def made(discord: DiscordsAnswers) -> tuple[MediaAnswerService, SettableClock]:
    clock = SettableClock()
    answers = MediaAnswerService(clock=clock, ids=SeededIds(), divisor=1.0)
    answers.connect(discord.remove)
    return answers, clock


async def test_an_answer_is_closed_ten_minutes_after_it_was_shown_and_no_sooner() -> None:
    discord = DiscordsAnswers("first", "second")
    answers, clock = made(discord)
    _ref, until = answers.opened(1, "first", LINE, 0)
    began = clock.now()
    clock.at += 60_000
    answers.opened(1, "second", LINE, 0)

    clock.at = until - 1
    await answers.look()
    before = set(discord.there)
    clock.at = until
    await answers.look()

    assert until - began == OPEN_FOR
    assert before == {"first", "second"}
    assert discord.there == {"second"}


async def test_what_could_not_be_closed_is_tried_again_until_discord_takes_no_more() -> None:
    discord = DiscordsAnswers("first", "second")
    answers, clock = made(discord)
    answers.opened(1, "first", LINE, 0)
    discord.down = True

    clock.at += OPEN_FOR
    await answers.look()
    discord.down = False
    await answers.look()
    answers.opened(1, "second", LINE, 0)
    discord.down = True
    clock.at += 900_000  # the token is over
    await answers.look()
    await answers.look()

    assert discord.there == {"second"}
    assert discord.asked == 3


async def test_one_that_is_gone_already_is_forgotten() -> None:
    discord = DiscordsAnswers()
    answers, clock = made(discord)
    answers.opened(1, "gone", LINE, 0)

    clock.at += OPEN_FOR
    await answers.look()
    await answers.look()

    assert discord.asked == 1


async def test_a_press_on_next_takes_the_place_of_the_one_before() -> None:
    discord = DiscordsAnswers("first", "second")
    answers, clock = made(discord)
    ref, _until = answers.opened(1, "first", LINE, 10)

    turned, again = answers.turned(ref), answers.turned(ref)
    clock.at += OPEN_FOR
    await answers.look()

    assert turned is not None
    assert (turned.line, turned.first) == (LINE, 10)
    assert again is None
    assert discord.there == {"first", "second"}  # the message is the same, and shows the next ones


async def test_when_the_process_ends_all_are_closed() -> None:
    discord = DiscordsAnswers("first", "second")
    answers, _clock = made(discord)
    for token in ("first", "second"):
        answers.opened(1, token, LINE, 0)

    await answers.end()

    assert discord.there == set()
