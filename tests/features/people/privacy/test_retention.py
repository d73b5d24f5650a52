"""What is erased and removed when its time is over, and what stays."""

import pytest

from bot.features.operations.problems.texts import NO_RIGHTS
from bot.features.people.privacy.tasks import RetentionRounds
from bot.model.errors import BotForbidden, TextErased, TryLater
from bot.model.events import ChatRead, Followed
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.inbox import messages, threads
from storage.people import consents, retention
from storage.people.retention import RetentionTerms
from storage.records import DraftId, EffectId, EffectState
from tests.features.operations.problems.problems_scenario import words
from tests.features.people.privacy.privacy_scenario import PrivacyScenario
from tests.relay.fault_switchboard import LostAnswer, ResetConnection
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, FORUM, GUILD, MAYA, NOAH, told

SECRET = "nobody else may read this"


async def sealed(manor: PrivacyScenario) -> list[bytes]:
    """All that the database holds sealed, opened."""
    plain = []
    for table, place in (
        ("inbox", "inbox|body|{id}|{creator_uuid}"),
        ("outbox", "outbox|body|{id}|{creator_uuid}"),
        ("commands", "commands|body|{id}"),
    ):
        rows = await manor.database.read(lambda tx, table=table: tx.all(f"SELECT * FROM {table}"))  # type: ignore[misc]  # noqa: S608
        plain += [manor.sealer.open(place.format(**row), row["body_ct"]) for row in rows]
    return plain


async def texts(manor: PrivacyScenario) -> int:
    """How many of them hold the secret."""
    return sum(SECRET.encode() in body for body in await sealed(manor))


async def test_after_thirty_days_no_text_is_left_in_the_database_and_the_keys_are(
    manor: PrivacyScenario,
) -> None:
    wrote = manor.wrote(SECRET)
    await manor.happen(wrote)
    await manor.reply(SECRET)
    await manor.turn()
    before = await texts(manor)

    await manor.days(29)
    kept = await texts(manor)
    await manor.days(1.1)

    assert (before, kept, await texts(manor)) == (before, before, 0)
    assert before >= 3  # the fan's line, the reply, the command
    assert not await manor.keep(wrote)  # known, however often it is told
    assert await manor.database.read(lambda tx: messages.get(tx, CREATOR, wrote.message)) is not None


async def test_a_thread_in_which_all_is_over_goes_whole_and_the_alerts_channel_says_so(
    manor: PrivacyScenario,
) -> None:
    thread = await manor.greeted()
    await manor.greeted(NOAH)

    await manor.days(30.1)

    assert thread in manor.discord.deleted
    assert manor.discord.threads(FORUM) == []
    (alert,) = manor.discord.lines(ALERTS)
    assert "2 threads in which everything was older than 30 days were removed" in words(alert)
    (entry,) = [one for one in await manor.audit() if one.action == "privacy.removed"]
    assert (entry.actor, entry.outcome) == (None, "2 threads whole and 2 lines in all, older than 30 days")


async def test_what_is_over_goes_from_a_server_that_the_creator_has_left_too(manor: PrivacyScenario) -> None:
    whole = await manor.greeted()
    partly = await manor.greeted(NOAH)
    await manor.days(20)
    await manor.happen(manor.wrote("younger", NOAH))
    await manor.database.write(
        lambda tx: consents.withdraw(tx, CREATOR, GUILD, "server", by=MAYA, now=manor.clock.now())
    )
    await manor.happen(manor.wrote("waits"))

    await manor.days(10.1)

    assert whole in manor.discord.deleted
    assert "1 message older than 30 days was removed" in told(manor.discord.lines(partly)[-1])
    assert len(manor.discord.channels) == 2  # the alerts channel, and the thread that has younger lines


async def test_a_fan_who_writes_after_that_has_a_new_thread(manor: PrivacyScenario) -> None:
    old = await manor.greeted()
    await manor.days(30.1)

    new = await manor.greeted()

    assert new != old
    assert await manor.lines() == ["hello"]


async def test_where_something_is_younger_only_old_lines_go_and_a_line_says_how_many(
    manor: PrivacyScenario,
) -> None:
    thread = await manor.greeted()
    await manor.happen(manor.wrote("two"))
    await manor.days(20)
    await manor.happen(manor.wrote("three"))

    await manor.days(10.1)

    three, stone = manor.discord.lines(thread)
    assert told(three) == "three"
    assert told(stone).startswith("2 messages older than 30 days were removed, the last time on <t:")
    assert thread not in manor.discord.deleted
    assert manor.discord.lines(ALERTS) == []


async def test_the_line_is_edited_when_more_goes_and_is_no_sign_of_life(manor: PrivacyScenario) -> None:
    thread = await manor.greeted()
    await manor.days(10)
    await manor.happen(manor.wrote("two"))
    await manor.days(10)
    await manor.happen(manor.wrote("three"))
    await manor.days(10.1)
    await manor.days(10)
    posts = [told(line) for line in manor.discord.lines(thread)]

    await manor.days(10)

    assert [text.split(" on ")[0] for text in posts] == [
        "three",
        "2 messages older than 30 days were removed, the last time",
    ]
    assert thread in manor.discord.deleted


async def test_what_members_write_keeps_a_thread(manor: PrivacyScenario) -> None:
    thread = await manor.greeted()
    await manor.days(20)
    note = manor.discord.writes(thread, "she likes cats")

    await manor.days(10.1)

    assert [told(line).split(" ")[0] for line in manor.discord.lines(thread)] == ["she", "1"]
    assert note in manor.discord.channels[thread].posts


async def test_somebody_who_writes_while_a_thread_is_about_to_go_keeps_it(manor: PrivacyScenario) -> None:
    thread = await manor.greeted()
    manor.discord.faults.add("delete_thread", TryLater("Not now."))

    await manor.pass_time(int(30.1 * retention.DAY))
    await manor.privacy.rounds.look()
    await manor.turn()
    manor.discord.writes(thread, "wait")
    await manor.round()

    assert [told(line) for line in manor.discord.lines(thread)] == ["wait"]


@pytest.mark.parametrize("trouble", [LostAnswer(), ResetConnection(), TryLater("429", after=3.0)])
@pytest.mark.parametrize("call", ["look", "take_message", "delete_thread", "post", "edit"])
async def test_trouble_on_the_way_changes_nothing_about_the_end(
    manor: PrivacyScenario, call: str, trouble: LostAnswer | ResetConnection | TryLater
) -> None:
    mixed = await manor.greeted()
    whole = await manor.greeted(NOAH)
    await manor.days(20)
    await manor.happen(manor.wrote("young"))
    await manor.pass_time(int(10.1 * retention.DAY))
    manor.discord.faults.add(call, trouble)

    await manor.round()

    lines = [told(line).split(",")[0] for line in manor.discord.lines(mixed)]
    assert lines == ["young", "1 message older than 30 days was removed"]
    assert whole in manor.discord.deleted


async def test_killed_in_the_middle_it_goes_on_and_nothing_goes_twice_or_is_forgotten(
    manor: PrivacyScenario,
) -> None:
    thread = await manor.greeted()
    for number in range(5):
        await manor.happen(manor.wrote(f"line {number}"))
    await manor.days(20)
    await manor.happen(manor.wrote("young"))
    await manor.pass_time(int(10.1 * retention.DAY))
    for _ in range(8):
        await manor.privacy.rounds.look()
        await manor.pass_time(1500)
        await manor.restart()

    await manor.round()

    young, stone = manor.discord.lines(thread)
    assert told(young) == "young"
    assert told(stone).startswith("6 messages older than")
    assert len(manor.discord.taken) == len(set(manor.discord.taken)) == 6
    assert await manor.database.read(lambda tx: tx.all("SELECT * FROM removals")) == []


async def test_the_bridges_own_deletions_are_nobody_elses(manor: PrivacyScenario) -> None:
    thread = await manor.greeted()
    reply = await manor.reply("sent long ago")
    await manor.turn()
    await manor.days(20)
    await manor.happen(manor.wrote("young"))
    await manor.days(10.1)

    for message in manor.discord.taken:
        manor.desk.noticing.deleted(message)
    await manor.desk.noticing.act()
    await manor.turn()

    assert (await manor.effect(reply)).state is EffectState.DONE
    assert len(manor.discord.taken) == 2
    assert "deleted" not in " ".join(words(line) for line in manor.discord.lines(thread))


async def test_a_reply_that_is_seen_after_its_text_is_gone_troubles_nobody(manor: PrivacyScenario) -> None:
    await manor.greeted()
    reply = await manor.reply(SECRET)
    await manor.turn()
    await manor.days(31)
    sent = await manor.database.read(lambda tx: messages.of_effect(tx, reply))
    assert sent is not None

    manor.fanvue.change(sent.message, read=True)
    await manor.happen(ChatRead(CREATOR, EMMA, manor.clock.now()), kind="read")

    assert await manor.look() is None
    with pytest.raises(TextErased):
        manor.effects.body(await manor.effect(reply))


async def test_the_button_of_a_line_whose_text_is_gone_says_so(manor: PrivacyScenario) -> None:
    thread = await manor.greeted()
    line = EffectId(manor.discord.lines(thread)[0].buttons[0].ref)
    await manor.days(20)
    manor.discord.writes(thread, "a note")
    await manor.days(10.1)

    assert await manor.privacy.showing.show(line, thread) == TextErased().reason


async def test_what_waited_longer_than_its_texts_time_is_given_up_and_says_so(manor: PrivacyScenario) -> None:
    await manor.greeted()
    manor.fanvue.faults.down = TryLater("Sign in again.", paused=True)
    reply = await manor.reply(SECRET)
    await manor.turn()

    await manor.days(31)

    send = await manor.effect(reply)
    assert (send.state, send.reason) == (
        EffectState.CANCELLED,
        "Its text's time was over before this could be done.",
    )
    assert manor.texts() == []
    assert await texts(manor) == 0


async def test_a_server_that_takes_the_bots_rights_away_is_told_and_waited_for(
    manor: PrivacyScenario,
) -> None:
    thread = await manor.greeted()
    for _ in range(3):
        manor.discord.faults.add("delete_thread", BotForbidden("The bot lacks rights here."))
    await manor.days(30.1)
    board = await manor.look()
    still = thread not in manor.discord.deleted

    for _ in range(5):
        await manor.pass_time(900_000)

    assert still
    assert "rights" in words(board) or NO_RIGHTS in words(board)
    assert thread in manor.discord.deleted


async def test_alerts_are_removed_with_the_texts(manor: PrivacyScenario) -> None:
    await manor.happen(Followed(CREATOR, NOAH, manor.clock.now()), kind="follow", key="f1")
    before = len(manor.discord.lines(ALERTS))

    await manor.days(30.1)

    assert (before, manor.discord.lines(ALERTS)) == (1, [])


async def test_ids_go_with_the_records_and_an_old_message_does_not_come_back(manor: PrivacyScenario) -> None:
    wrote = manor.wrote(SECRET)
    await manor.happen(wrote)

    await manor.days(400.5)

    assert await manor.database.read(lambda tx: messages.get(tx, CREATOR, wrote.message)) is None
    assert await manor.database.read(lambda tx: tx.all("SELECT * FROM inbox WHERE kind = 'message'")) == []
    floor = await manor.database.read(lambda tx: tx.one("SELECT floor_at FROM watermarks"))
    assert floor is None or floor["floor_at"] >= wrote.at


async def test_what_belongs_to_no_creator_goes_with_the_records_too(manor: PrivacyScenario) -> None:
    page = Draft(
        id=DraftId("a page of somebody's"),
        action="review.page",
        state="open",
        version=1,
        creator=None,
        target="{}",
        owner=MAYA,
        guild=GUILD,
        settled_by=None,
        settled_at=None,
        created_at=manor.clock.now(),
        expires_at=None,
    )
    await manor.database.write(lambda tx: drafts.open_draft(tx, page))

    await manor.days(399)
    kept = await manor.database.read(lambda tx: drafts.get(tx, page.id))
    await manor.days(1.5)

    assert kept is not None
    assert await manor.database.read(lambda tx: drafts.get(tx, page.id)) is None


async def test_the_owners_own_terms_hold_instead_of_the_defaults(manor: PrivacyScenario) -> None:
    thread = await manor.greeted()
    await manor.database.write(
        lambda tx: retention.choose(tx, CREATOR, RetentionTerms(texts=2, records=30, money=365))
    )

    await manor.days(1)
    kept = thread not in manor.discord.deleted
    await manor.days(1.1)

    assert kept
    assert thread in manor.discord.deleted


async def test_a_look_does_no_more_than_so_many_batches_and_the_next_goes_on(manor: PrivacyScenario) -> None:
    for number in range(12):
        await manor.happen(manor.wrote(f"{SECRET} {number}"))
    await manor.pass_time(int(31 * retention.DAY))
    small: RetentionRounds = manor.privacy.rounds
    small._batches = 1
    small._erasing._batch = 2
    left = [await texts(manor)]

    for _ in range(3):
        await small.look()
        left.append(await texts(manor))

    assert left[0] > left[1] > left[2] > left[3] > 0


async def test_lines_of_fans_do_not_wait_while_old_ones_are_removed(manor: PrivacyScenario) -> None:
    thread = await manor.greeted()
    for number in range(30):
        await manor.happen(manor.wrote(f"line {number}"))
    await manor.days(20)
    await manor.happen(manor.wrote("young"))
    await manor.pass_time(int(10.1 * retention.DAY))
    await manor.privacy.rounds.look()
    await manor.turn()

    await manor.happen(manor.wrote("at once"))

    assert "at once" in told(await manor.last(thread))
    assert len(manor.discord.taken) < 3


async def test_a_thread_that_rested_rests_again(manor: PrivacyScenario) -> None:
    thread = await manor.greeted()
    await manor.days(20)
    await manor.happen(manor.wrote("young"))
    manor.discord.resting.add(thread)

    await manor.days(10.1)

    assert thread in manor.discord.resting


async def test_a_thread_that_somebody_deleted_is_forgotten(manor: PrivacyScenario) -> None:
    thread = await manor.greeted()
    manor.discord.delete(thread)

    await manor.days(30.1)

    known = await manor.database.read(lambda tx: threads.by_discord(tx, thread))
    assert known is not None
    assert known.state == "gone"
    assert await manor.look() is None
