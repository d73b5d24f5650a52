"""Members' wishes in two phases: what Discord did not take is never done (R9)."""

import asyncio
from typing import TypeVar

import pytest

from bot.engine.retry import RetryWaits
from bot.model.errors import TargetGone
from bot.model.language import speaking, tr
from bot.model.ports import Post
from bot.relay.replies import NOT_HERE, NOT_TAKEN, ReplyWish
from bot.text.reply_rules import ReplyRefused
from storage.database import Database, Transaction, Work
from storage.errors import DatabaseUnreachable
from storage.people import creators
from storage.records import CommandId, CommandState, DiscordId, LinkId, LinkState
from tests.relay.relay_scenario import CREATOR, RelayScenario, told

T = TypeVar("T")


async def test_the_same_interaction_sends_once(world: RelayScenario) -> None:
    await world.greeted()
    await world.reply("hi", interaction="twice")

    with pytest.raises(ReplyRefused, match="This was already taken"):
        await world.reply("hi", interaction="twice")
    await world.turn()

    assert world.texts() == ["hi"]


async def test_what_discord_did_not_take_is_never_sent(world: RelayScenario) -> None:
    thread = await world.greeted()
    command = await world.replies.stage(ReplyWish(world.wish(thread), "hi"))

    await world.commands.cancel(command)
    with pytest.raises(ReplyRefused) as refused:
        await world.replies.accept(command)
    await world.turn()

    assert refused.value.sentence == NOT_TAKEN
    assert world.texts() == []


@pytest.mark.parametrize(("refusals", "is_told"), [(2, True), (20, False)], ids=["late", "never"])
async def test_a_window_whose_first_answer_comes_late_is_told_what_became_of_it(
    world: RelayScenario, refusals: int, *, is_told: bool
) -> None:
    thread = await world.greeted()
    command = await world.replies.stage(ReplyWish(world.wish(thread), "hi"))
    await world.commands.answered_in(command, "")  # a message beside the window
    for _ in range(refusals):  # Discord knows no answer yet to speak beside
        world.discord.faults.add("answer", TargetGone("There is nothing to answer."))

    await world.commands.say(command, Post(body=("Not sent.",)))
    await world.commands.cancel(command)
    await world.turn()
    await world.pass_time(10_000)

    assert [post.body for post in world.discord.answers.values()] == [("Not sent.",)] * is_told
    assert world.texts() == []


async def test_a_command_is_accepted_once(world: RelayScenario) -> None:
    thread = await world.greeted()
    command = await world.replies.stage(ReplyWish(world.wish(thread), "hi"))
    await world.replies.accept(command)

    with pytest.raises(ReplyRefused):
        await world.replies.accept(command)
    await world.turn()

    assert world.texts() == ["hi"]


async def test_a_reply_outside_a_fans_thread_is_refused_before_anything_is_kept(world: RelayScenario) -> None:
    with pytest.raises(ReplyRefused) as refused:
        await world.replies.stage(ReplyWish(world.wish(DiscordId(1)), "hi"))

    assert refused.value.sentence == NOT_HERE


@pytest.mark.parametrize("state", [LinkState.UNLINKING, LinkState.CLOSED])
async def test_a_creator_who_disconnected_is_not_written_for(world: RelayScenario, state: LinkState) -> None:
    thread = await world.greeted()
    staged = await world.replies.stage(ReplyWish(world.wish(thread), "hi"))
    await world.database.write(
        lambda tx: creators.move(tx, LinkId(f"link-{CREATOR}"), was=LinkState.ACTIVE, to=state)
    )

    for attempt in (
        world.replies.accept(staged),
        world.replies.stage(ReplyWish(world.wish(thread), "hi")),
    ):
        with pytest.raises(ReplyRefused) as refused:
            await attempt
        assert "This thread is frozen. It belongs to " in refused.value.sentence
        assert "on Fanvue, which is no longer connected" in refused.value.sentence
    await world.restart()
    await world.turn()
    assert world.texts() == []
    assert world.discord.answers == {}  # told once, not again by the restart


async def test_a_thread_that_was_replaced_meanwhile_takes_no_reply(world: RelayScenario) -> None:
    thread = await world.greeted()
    staged = await world.replies.stage(ReplyWish(world.wish(thread), "hi"))
    world.discord.delete(thread)
    await world.happen(world.wrote("still here?"))

    with pytest.raises(ReplyRefused) as refused:
        await world.replies.accept(staged)

    assert refused.value.sentence == NOT_HERE


async def test_what_was_staged_at_a_crash_is_cancelled_and_its_member_told(world: RelayScenario) -> None:
    thread = await world.greeted()
    wish = world.wish(thread)
    command = await world.replies.stage(ReplyWish(wish, "hi"))

    await world.restart()
    await world.turn()

    assert told(world.discord.answers[wish.token]).startswith("The bridge stopped before it could take this")
    assert world.texts() == []
    with pytest.raises(ReplyRefused):
        await world.replies.accept(command)


@pytest.mark.parametrize("known", [True, False], ids=["now", "from before languages were kept"])
async def test_its_member_is_told_in_the_language_in_which_they_asked(
    world: RelayScenario,
    known: bool,  # noqa: FBT001 - as every parameter of a test
) -> None:
    wish = world.wish(await world.greeted())
    with speaking("de"):
        await world.replies.stage(ReplyWish(wish, "hi"))
        german = tr("The bridge stopped before it could take this, so it was not done. Please try again.")
    if not known:
        await world.database.write(lambda tx: tx.execute("UPDATE commands SET language = NULL"))

    await world.restart()
    await world.turn()

    assert (told(world.discord.answers[wish.token]) == german) is known


async def test_an_answer_is_not_edited_when_discord_takes_no_more(world: RelayScenario) -> None:
    thread = await world.greeted()
    await world.replies.stage(ReplyWish(world.wish(thread), "hi"))
    await world.crash()
    world.clock.at += RetryWaits().answer + 1

    await world.restart()
    await world.turn()

    assert world.discord.answers == {}
    assert ("answer", "moot") in world.watched


async def test_an_answer_that_discord_refuses_is_given_up(world: RelayScenario) -> None:
    thread = await world.greeted()
    await world.replies.stage(ReplyWish(world.wish(thread), "hi"))
    world.discord.faults.add("answer", TargetGone("The private answer can no longer be changed."))

    await world.restart()
    await world.turn()

    assert world.discord.answers == {}
    assert ("answer", "moot") in world.watched


async def test_any_command_is_accepted_or_cancelled_once(world: RelayScenario) -> None:
    wish = world.wish(DiscordId(1))
    command = await world.commands.stage(wish, action="link")
    again = await world.commands.stage(wish, action="link")
    assert command is not None

    assert again is None
    assert await world.commands.accept(command)
    assert not await world.commands.accept(command)
    await world.commands.cancel(command)
    kept = await world.database.read(lambda tx: state_of_command(tx, command))
    assert kept is CommandState.ACCEPTED


async def state_of_command(tx: Transaction, command: str) -> CommandState | None:
    """The state of a command as the table has it."""
    row = await tx.one("SELECT state FROM commands WHERE id = :id", id=command)
    return CommandState(row["state"]) if row else None


class UnreachableDatabase:
    """A database that is away for a while: nothing can be written then."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.read, self.close = database.read, database.close
        self.away = False

    async def write(self, work: Work[T], *, urgent: bool = False) -> T:
        """As always, or not at all."""
        if self.away:
            raise DatabaseUnreachable("Nothing was stored: the server is away.")
        return await self._database.write(work, urgent=urgent)


async def not_cancelled(world: RelayScenario) -> tuple[UnreachableDatabase, CommandId]:
    """A database that has gone away, and a reply whose member saw a failure meanwhile."""
    thread = await world.greeted()
    await world.crash()
    database = world.database = UnreachableDatabase(world.database)
    world.build()
    await world.start()
    lost = await world.replies.stage(ReplyWish(world.wish(thread), "hi"))
    assert lost is not None
    database.away = True
    with pytest.raises(DatabaseUnreachable):
        await world.commands.cancel(lost)
    return database, lost


async def test_what_could_not_be_cancelled_while_the_database_was_away_is_with_the_next_command(
    world: RelayScenario,
) -> None:
    database, lost = await not_cancelled(world)

    database.away = False
    await world.reply("and you?")
    await world.turn()

    assert await world.database.read(lambda tx: state_of_command(tx, lost)) is CommandState.CANCELLED
    assert world.texts() == ["and you?"]


async def test_and_soon_after_the_database_is_back_without_any_command(world: RelayScenario) -> None:
    database, lost = await not_cancelled(world)
    tried = asyncio.Event()
    task = asyncio.ensure_future(world.commands.task(divisor=100).run(tried.set))
    await tried.wait()

    database.away = False
    async with asyncio.timeout(20):
        while await world.database.read(lambda tx: state_of_command(tx, lost)) is CommandState.STAGED:
            pass
    task.cancel()

    assert await world.commands.accept(lost) is False
