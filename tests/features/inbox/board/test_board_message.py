"""The board: one message, true, edited in place, made again when deleted."""

from functools import partial

from bot.model.errors import TryLater
from bot.model.events import MessageDeleted
from bot.model.language import speaking
from storage.database import Transaction
from storage.inbox import conversations, snoozes
from storage.operations import attention
from storage.operations.boards import WAITING
from storage.people import languages
from storage.people.languages import CHANNELS
from storage.records import DiscordId
from tests.features.inbox.board.board_scenario import PAUSE, BoardScenario
from tests.features.inbox.board.test_inbox_lists import many
from tests.features.inbox.claims.claims_scenario import NINA
from tests.relay.fault_switchboard import LateCall, LostAnswer
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, FORUM, NOAH, whole

MINUTE = 60_000


async def test_a_fan_who_waits_is_on_the_board_with_since_when_and_the_way_to_them(
    hall: BoardScenario,
) -> None:
    thread = await hall.greeted()
    since = (await hall.talk()).waiting_since
    assert since is not None

    said = await hall.read()

    (post,) = hall.boards().values()
    assert said.count("Emma") == said.count("#Emma @quiet-otter") == 1
    assert f"wrote <t:{since // 1000}:R>" in said
    assert whole(post).count(f"/{thread}") == 1
    assert "1 waiting" in said


async def test_whoever_answers_is_named_and_an_answer_that_was_sent_takes_the_fan_off(
    hall: BoardScenario,
) -> None:
    await hall.greeted()
    before = dict.fromkeys(hall.boards())
    await hall.begins(NINA)
    claimed = await hall.read()
    made = list(hall.boards())

    await hall.says("hi", NINA)
    answered = await hall.read()

    assert before == {}
    assert f"<@{NINA}> is answering" in claimed
    assert "every fan has an answer" in answered
    assert list(hall.boards()) == made


async def test_a_fan_who_took_their_only_message_back_waits_no_longer(hall: BoardScenario) -> None:
    await hall.greeted()
    await hall.says("hi", NINA)
    await hall.pass_time(MINUTE)
    first, second = hall.wrote("oh, one thing"), hall.wrote("and this")
    await hall.happen(first)
    await hall.happen(second)
    for wrote in (first, second):
        before = await hall.read()
        gone = MessageDeleted(CREATOR, EMMA, wrote.message, hall.clock.now(), by_fan=True)
        await hall.happen(gone, kind="message.deleted")
        assert "Emma" in before

    assert "every fan has an answer" in await hall.read()


async def test_many_changes_within_the_pause_are_one_edit(hall: BoardScenario) -> None:
    await hall.greeted()
    await hall.read()
    edits = hall.discord.faults.calls["edit"]

    for number in range(5):
        await hall.happen(hall.wrote(f"hello {number}", NOAH))
        await hall.begins(NINA)
        await hall.releases(NINA)
    await hall.read()

    assert hall.discord.faults.calls["edit"] == edits + 1


async def test_what_changes_nothing_to_be_seen_costs_no_call(hall: BoardScenario) -> None:
    await hall.greeted()
    await hall.read()
    edits = hall.discord.faults.calls["edit"]

    await hall.begins(NINA)
    await hall.releases(NINA)
    await hall.read()

    assert hall.discord.faults.calls["edit"] == edits


async def test_whom_the_team_marked_goes_before_who_waits_longer_and_what_was_paid_shows_nowhere(
    hall: BoardScenario,
) -> None:
    await hall.pays(90_000)
    await hall.greeted()
    await hall.pass_time(MINUTE)
    await hall.greeted(NOAH)
    await hall.marks(fan=NOAH)
    await hall.pass_time(10 * MINUTE)
    await hall.board.noticing.look()

    said = await hall.read()

    assert said.index("⭐ #Noah") < said.index("#Emma")
    assert "⭐ #Emma" not in said
    assert "$" not in said


async def test_money_changes_nothing_on_the_board(hall: BoardScenario) -> None:
    await hall.greeted()
    await hall.pass_time(MINUTE)
    await hall.greeted(NOAH)
    before = await hall.read()

    await hall.pays(90_000, NOAH)
    await hall.pass_time(10 * MINUTE)
    await hall.board.noticing.look()

    assert await hall.read() == before


async def test_a_deleted_board_is_made_again_once(hall: BoardScenario) -> None:
    await hall.greeted()
    await hall.read()
    (made,) = hall.boards()

    hall.discord.take_away(ALERTS, made)
    for message in (DiscordId(made + 1000), made, made):
        await hall.board.noticing.deleted(message)
    await hall.read()

    assert list(hall.boards()) != [made]


async def test_a_board_whose_deletion_nobody_told_of_comes_back_with_the_next_change(
    hall: BoardScenario,
) -> None:
    await hall.greeted()
    await hall.read()
    hall.discord.take_away(ALERTS, *hall.boards())

    await hall.greeted(NOAH)

    assert "2 waiting" in await hall.read()


async def test_a_board_that_was_deleted_while_the_bridge_was_down_is_made_again_once(
    hall: BoardScenario,
) -> None:
    await hall.greeted()
    await hall.read()
    (made,) = hall.boards()
    await hall.crash()
    hall.discord.take_away(ALERTS, made)

    hall.build()
    await hall.start()
    await hall.board.noticing.look()
    first = await hall.read()
    (again,) = hall.boards()
    await hall.board.noticing.look()

    assert again != made
    assert "1 waiting" in first
    assert "1 waiting" in await hall.read()
    assert list(hall.boards()) == [again]


async def test_whom_the_board_has_no_room_for_are_counted(hall: BoardScenario) -> None:
    await many(hall, 12)

    assert "12 waiting · 2 not shown: /inbox waiting" in await hall.read()


async def test_a_board_that_is_still_there_after_a_start_stays_where_it_is(hall: BoardScenario) -> None:
    await hall.greeted()
    await hall.read()
    made, posts = list(hall.boards()), hall.discord.faults.calls["post"]

    await hall.restart()
    for _ in range(3):
        await hall.board.noticing.look()
        await hall.read()

    assert list(hall.boards()) == made
    assert hall.discord.faults.calls["post"] == posts


async def test_a_board_that_is_made_again_after_a_start_and_whose_answer_is_lost_is_there_once(
    hall: BoardScenario,
) -> None:
    await hall.greeted()
    await hall.read()
    await hall.crash()
    hall.discord.take_away(ALERTS, *hall.boards())
    hall.discord.faults.add("post", LostAnswer())

    hall.build()
    await hall.start()
    await hall.board.noticing.look()
    await hall.pass_time(PAUSE)
    await hall.pass_time(MINUTE)

    assert "1 waiting" in await hall.read()


async def test_a_lost_answer_that_is_settled_after_a_restart_leaves_one_board(hall: BoardScenario) -> None:
    await hall.greeted()
    hall.discord.faults.add("post", LostAnswer())
    await hall.pass_time(PAUSE)
    await hall.crash()
    hall.clock.at += 600_000  # the nonce is long forgotten
    hall.build()
    await hall.start()

    await hall.greeted(NOAH)

    assert "2 waiting" in await hall.read()


async def test_what_changed_while_it_was_unclear_whether_the_board_is_there_is_on_it(
    hall: BoardScenario,
) -> None:
    await hall.greeted()
    hall.discord.faults.add("post", LostAnswer())
    await hall.pass_time(PAUSE)

    await hall.greeted(NOAH)
    await hall.pass_time(MINUTE)

    assert "2 waiting" in await hall.read()


async def test_where_the_bot_may_not_write_one_effect_waits_and_no_list_of_problems_has_it(
    hall: BoardScenario,
) -> None:
    await hall.greeted()
    hall.discord.faults.add("post", TryLater("The bot may not write here.", paused=True))
    await hall.pass_time(PAUSE)
    for _ in range(3):
        await hall.begins(NINA)
        await hall.releases(NINA)
    rows = await hall.database.read(
        lambda tx: tx.all("SELECT attention FROM outbox WHERE kind = 'board.waiting' AND state = 'pending'")
    )

    listed = await hall.database.read(attention.how_many)

    assert [bool(row["attention"]) for row in rows] == [True]
    assert listed == 0


async def test_the_board_moves_to_a_new_alerts_channel_also_from_one_that_is_gone(
    hall: BoardScenario,
) -> None:
    await hall.greeted()
    await hall.read()
    first, second = DiscordId(ALERTS + 100), DiscordId(ALERTS + 200)

    await hall.set_up(FORUM, first)
    await hall.greeted(NOAH)
    await hall.pass_time(PAUSE)
    left = hall.boards()
    hall.discord.delete(first)
    await hall.set_up(FORUM, second)
    await hall.happen(hall.wrote("and more"))
    await hall.begins(NINA)
    await hall.pass_time(PAUSE)

    assert left == {}
    assert len(hall.boards(second)) == 1


async def test_a_snooze_hides_a_fan_and_its_end_shows_them_without_any_event(hall: BoardScenario) -> None:
    await hall.greeted()
    until = hall.clock.now() + 30 * MINUTE

    async def snooze(tx: Transaction) -> conversations.Conversation:
        return await snoozes.snooze(tx, CREATOR, EMMA.id, until=until)

    await hall.database.write(lambda tx: hall.change.make(tx, CREATOR, EMMA.id, snooze))
    hidden = await hall.read()
    await hall.pass_time(31 * MINUTE)
    await hall.board.noticing.look()
    back = await hall.read()

    assert "every fan has an answer" in hidden
    assert "Emma" in back


async def test_a_look_round_makes_the_board_of_who_waited_before_there_were_boards(
    hall: BoardScenario,
) -> None:
    await hall.greeted()
    await hall.read()
    hall.discord.take_away(ALERTS, *hall.boards())
    await hall.database.write(lambda tx: WAITING.forget(tx, CREATOR))

    await hall.board.noticing.look()

    assert "Emma" in await hall.read()


async def test_without_a_forum_there_is_no_board_and_nothing_waits_for_one(hall: BoardScenario) -> None:
    await hall.database.write(lambda tx: tx.execute("DELETE FROM forums"))

    await hall.keep(hall.wrote("hello"))
    await hall.turn()
    await hall.pass_time(PAUSE)

    assert hall.boards() == {}
    rows = await hall.database.read(lambda tx: tx.all("SELECT id FROM outbox WHERE kind = 'board.waiting'"))
    assert rows == []


async def test_what_discord_carries_out_late_does_not_stay_on_the_board(hall: BoardScenario) -> None:
    await hall.greeted()
    await hall.read()
    hall.discord.faults.add("edit", LateCall(20_000))
    await hall.begins(NINA)
    await hall.read()
    await hall.pass_time(5_000)
    await hall.says("hi", NINA)
    answered = await hall.read()

    await hall.pass_time(180_000)
    hall.discord.faults.catch_up()

    assert "every fan has an answer" in answered
    assert "every fan has an answer" in await hall.read()


async def test_an_edit_of_unclear_fate_is_not_left_where_the_board_said_so_before(
    hall: BoardScenario,
) -> None:
    await hall.greeted()
    before = await hall.read()
    hall.discord.faults.add("edit", LateCall(20_000))
    wrote = hall.wrote("hello", NOAH)
    await hall.happen(wrote)
    await hall.pass_time(PAUSE)
    assert ("board.waiting", "unknown") in hall.watched
    gone = MessageDeleted(CREATOR, NOAH, wrote.message, hall.clock.now(), by_fan=True)
    await hall.happen(gone, kind="message.deleted")
    await hall.pass_time(180_000)
    hall.discord.faults.catch_up()

    assert await hall.read() == before


async def test_a_board_in_another_language_is_not_asked_for_again_at_every_look(hall: BoardScenario) -> None:
    async def asked_for() -> int:
        return len(await hall.database.read(lambda tx: tx.all("SELECT id FROM outbox")))

    now = hall.clock.now()
    await hall.database.write(
        partial(languages.put, creator=CREATOR, member=CHANNELS, language="de", now=now)
    )
    await hall.crash()
    hall.build()
    with speaking("de"):  # as the drains of this creator do
        await hall.start()
        await hall.greeted()
        await hall.board.noticing.look()
        await hall.pass_time(PAUSE)
    before = await asked_for()

    await hall.board.noticing.look()
    await hall.pass_time(PAUSE)

    (post,) = hall.discord.channels[ALERTS].posts.values()
    assert await asked_for() == before
    assert post.title != "Who waits"
