"""What Discord does not take is tried again; what is too old is forgotten."""

from bot.features.inbox.sent_answers.service import SentAnswerService
from bot.model.errors import TargetGone, TryLater
from storage.engine import outbox
from storage.records import CommandId, EffectId
from tests.relay.fault_switchboard import HeldCall
from tests.relay.relay_scenario import RelayScenario, running
from tests.scenario_fixtures import in_folder

# Linked and set up.
world = in_folder(running)


class DiscordsReplyAnswers:
    """The private answers that are there, by their tokens."""

    def __init__(self, *tokens: str) -> None:
        self.there = set(tokens)
        self.beside: dict[str, str] = {}
        self.said: list[tuple[str, str]] = []
        self.down = False

    async def remove(self, _application: int, token: str, message: str) -> None:
        """Take one away, as Discord does."""
        if self.down:
            raise TryLater("Discord does not answer.")
        if message != "@original":
            del self.beside[message]
            return
        if token not in self.there:
            raise TargetGone("It is gone.")
        self.there.remove(token)

    async def say(self, _application: int, token: str, words: str) -> None:
        """Show words in one that is there."""
        if self.down:
            raise TryLater("Discord does not answer.")
        if token not in self.there:
            raise TargetGone("It is gone.")
        self.said.append((token, words))

    async def say_beside(self, _application: int, token: str, words: str) -> str:
        """Show words in a message of its own."""
        if self.down:
            raise TryLater("Discord does not answer.")
        self.beside[f"beside {token}"] = words
        return f"beside {token}"


def patient(world: RelayScenario, discord: DiscordsReplyAnswers) -> SentAnswerService:
    """Who lets an answer say nothing for two seconds."""
    answers = SentAnswerService(world.ground(), patience=2_000)
    answers.connect(discord)
    return answers


async def test_an_answer_to_what_was_sent_quickly_goes_away_without_a_word(world: RelayScenario) -> None:
    discord = DiscordsReplyAnswers("token")
    answers = patient(world, discord)
    await world.greeted()
    held = HeldCall(done=True)
    world.fanvue.faults.add("send", held)
    answers.shown(await _cause(world, await world.reply("hi")), 1, "token", unsaid="On its way.")
    await held.reached.wait()
    await answers.look()
    before = set(discord.there)

    held.go.set()
    await world.turn()
    await answers.look()

    assert (before, discord.there, discord.said) == ({"token"}, set(), [])


async def test_one_whose_reply_takes_longer_says_so_once_and_then_stands_like_others(
    world: RelayScenario,
) -> None:
    discord = DiscordsReplyAnswers("token")
    answers = patient(world, discord)
    await world.greeted()
    held = HeldCall(done=True)
    world.fanvue.faults.add("send", held)
    answers.shown(await _cause(world, await world.reply("hi")), 1, "token", unsaid="On its way.")
    await held.reached.wait()
    world.clock.at += 2_000
    discord.down = True
    await answers.look()
    discord.down = False
    await answers.look()
    await answers.look()
    held.go.set()
    await world.turn()
    await answers.look()
    at_once = set(discord.there)
    world.clock.at += 3_000
    await answers.look()

    assert (discord.said, at_once, discord.there) == ([("token", "On its way.")], {"token"}, set())


async def test_over_a_line_nothing_is_said_of_a_quick_reply_and_the_line_is_never_touched(
    world: RelayScenario,
) -> None:
    discord = DiscordsReplyAnswers("token")  # the line with the button, which others read
    answers = patient(world, discord)
    await world.greeted()
    command = await _cause(world, await world.reply("hi"))
    answers.shown(command, 1, "token", message=None, unsaid="On its way.")

    await world.turn()
    await answers.look()

    assert (discord.there, discord.said, discord.beside) == ({"token"}, [], {})
    assert not answers._open


async def test_over_a_line_a_slow_reply_is_told_of_beside_it_until_it_is_sent(world: RelayScenario) -> None:
    discord = DiscordsReplyAnswers("token")
    answers = patient(world, discord)
    await world.greeted()
    held = HeldCall(done=True)
    world.fanvue.faults.add("send", held)
    command = await _cause(world, await world.reply("hi"))
    answers.shown(command, 1, "token", message=None, unsaid="On its way.")
    await held.reached.wait()
    world.clock.at += 2_000

    await answers.look()
    told = dict(discord.beside)
    held.go.set()
    await world.turn()
    world.clock.at += 3_000
    await answers.look()

    assert (told, discord.beside) == ({"beside token": "On its way."}, {})
    assert (discord.there, discord.said) == ({"token"}, [])


async def test_a_process_that_ends_leaves_no_answer_thinking(world: RelayScenario) -> None:
    discord = DiscordsReplyAnswers("new", "old")
    answers = patient(world, discord)
    answers.shown(CommandId("one"), 1, "new", unsaid="On its way.")
    answers.shown(CommandId("other"), 1, "old")

    await answers.say_all()

    assert discord.said == [("new", "On its way.")]


async def test_an_answer_is_taken_away_once_and_not_before_its_line_says_so(world: RelayScenario) -> None:
    discord = DiscordsReplyAnswers("token")
    answers = SentAnswerService(world.ground())
    answers.connect(discord)
    await world.greeted()
    command = await _cause(world, await world.reply("hi"))
    answers.shown(command, 1, "token")

    await answers.look()
    before = set(discord.there)
    await world.turn()
    await answers.look()
    at_once = set(discord.there)
    world.clock.at += 3_001
    discord.down = True
    await answers.look()
    while_down = set(discord.there)
    discord.down = False
    await answers.look()
    await answers.look()

    assert (before, at_once, while_down, discord.there) == ({"token"}, {"token"}, {"token"}, set())


async def test_an_answer_whose_reply_never_leaves_is_forgotten_when_discord_keeps_it_no_more(
    world: RelayScenario,
) -> None:
    discord = DiscordsReplyAnswers("token")
    answers = SentAnswerService(world.ground())
    answers.connect(discord)
    answers.shown(CommandId("no-such-command"), 1, "token")

    world.clock.at += 840_000
    await answers.look()

    assert discord.there == {"token"}
    assert not answers._open


async def _cause(world: RelayScenario, send: EffectId) -> CommandId:
    effect = await world.database.read(lambda tx: outbox.get(tx, send))
    assert effect is not None
    return CommandId(effect.cause)
