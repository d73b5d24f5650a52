"""Forgetting one fan: nothing names them any more, and nothing else changes."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.access.policy import Action
from bot.features.people.privacy.question_service import OVER
from bot.features.people.privacy.texts import FORGOTTEN, NO_FAN, UNDER_WAY
from bot.model.errors import TryLater
from bot.model.events import ChatRead, Followed, MessageDeleted, Paid
from bot.model.ports import Post
from storage.engine.dialect import COLUMNS
from storage.inbox import fans, threads
from storage.money import payments
from storage.records import DiscordId, FanId, FanvueMessageId
from tests.features.operations.problems.problems_scenario import words
from tests.features.people.privacy.privacy_scenario import PrivacyScenario
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, FORUM, MAYA, NOAH

SECRET = "nobody else may read this"
NAMES = (EMMA.id, "quiet-otter", "Emma", SECRET)


async def asked(manor: PrivacyScenario, thread: DiscordId) -> Post:
    return await manor.privacy.forgetting.ask(await manor.owner(), MAYA, thread)


async def forget(manor: PrivacyScenario, thread: DiscordId | None = None) -> str:
    question = await asked(manor, thread or await manor.thread())
    said = await manor.yes(question, action=Action.FORGET)
    for _ in range(10):
        await manor.pass_time(2000)
    return said


async def a_long_talk(manor: PrivacyScenario) -> None:
    """Emma and the team have written, she has paid and follows; Noah has written, too."""
    await manor.happen(manor.wrote(SECRET))
    await manor.reply(SECRET)
    await manor.turn()
    now = manor.clock.now()
    await manor.happen(Followed(CREATOR, EMMA, now), kind="follow", key="f1")
    await manor.happen(paid(now), kind="payment", key="p1")
    await manor.greeted(NOAH)


def paid(at: int) -> Paid:
    marks = {"client_reference_id": SECRET}  # of a checkout link
    return Paid(creator=CREATOR, fan=EMMA, at=at, source="tip", gross=700, payment="pay-1", marks=marks)


async def everything(manor: PrivacyScenario) -> Mapping[str, list[dict[str, Any]]]:
    """Every row of every table, what is sealed opened where a body may name somebody."""
    columns = await manor.database.read(lambda tx: tx.all(COLUMNS))
    found: dict[str, list[dict[str, Any]]] = {}
    for table in sorted({row["table"] for row in columns}):
        rows = await manor.database.read(lambda tx, table=table: tx.all(f"SELECT * FROM {table}"))  # type: ignore[misc]  # noqa: S608
        found[table] = [opened(manor, table, dict(row)) for row in rows]
    return found


PLACES = {
    "inbox": "inbox|body|{id}|{creator_uuid}",
    "outbox": "outbox|body|{id}|{creator_uuid}",
    "commands": "commands|body|{id}",
}


def opened(manor: PrivacyScenario, table: str, row: dict[str, Any]) -> dict[str, Any]:
    if table in PLACES:
        row["body_ct"] = manor.sealer.open(PLACES[table].format(**row), row["body_ct"]).decode()
    return row


async def test_nothing_in_the_database_names_them_any_more(manor: PrivacyScenario) -> None:
    await a_long_talk(manor)
    before = await everything(manor)

    said = await forget(manor)

    after = str(await everything(manor))
    assert said == FORGOTTEN
    assert all(name in str(before) for name in NAMES)
    assert [name for name in NAMES if name in after] == []


async def test_their_threads_and_the_alerts_about_them_are_taken_from_discord(manor: PrivacyScenario) -> None:
    await a_long_talk(manor)
    thread, noahs = await manor.thread(), await manor.thread(NOAH)
    manor.discord.writes(thread, "a note of the team's")
    alerts = len(manor.discord.lines(ALERTS))

    await forget(manor)

    assert alerts == 2
    assert thread in manor.discord.deleted
    assert manor.discord.threads(FORUM) == [noahs]
    assert manor.discord.lines(ALERTS) == []


async def test_nobody_else_is_touched(manor: PrivacyScenario) -> None:
    await a_long_talk(manor)

    await forget(manor)

    noah = await manor.database.read(lambda tx: fans.get(tx, CREATOR, NOAH.id))
    assert noah is not None
    assert noah.display_name == "Noah"
    assert await manor.lines(NOAH) == ["hello"]


async def test_money_stays_without_a_name(manor: PrivacyScenario) -> None:
    await a_long_talk(manor)

    await forget(manor)

    (line,) = await manor.database.read(lambda tx: payments.with_id(tx, CREATOR, "pay-1"))
    assert line.gross == 700
    assert line.fan is not None
    assert EMMA.id not in line.fan


async def test_their_old_messages_do_not_come_back_and_they_are_somebody_new(manor: PrivacyScenario) -> None:
    wrote = manor.wrote(SECRET)
    await manor.happen(wrote)
    reply = await manor.reply("our answer")
    await manor.turn()
    sent = (await manor.effect(reply)).external_id
    old = await manor.thread()
    await forget(manor)

    again = await manor.happen(wrote)
    (ours,) = [there for there in manor.fanvue.chat(CREATOR, EMMA.id) if there.message == sent]
    echoed = await manor.happen(manor.echo(ours))
    quiet = await manor.database.read(lambda tx: threads.current(tx, CREATOR, EMMA.id))
    await manor.happen(manor.wrote("me again"))

    assert (again, echoed, quiet) == (False, False, None)
    assert await manor.thread() != old
    assert await manor.lines() == ["me again"]
    assert (await manor.current()).generation == 1  # type: ignore[union-attr]


async def test_that_they_read_or_deleted_something_does_not_bring_their_name_back(
    manor: PrivacyScenario,
) -> None:
    await a_long_talk(manor)
    await forget(manor)
    now = manor.clock.now()

    await manor.happen(ChatRead(CREATOR, EMMA, now), kind="chat.read", key="r1")
    await manor.happen(
        MessageDeleted(CREATOR, EMMA, FanvueMessageId("an old one"), now), kind="deleted", key="d1"
    )
    known = await manor.database.read(lambda tx: fans.get(tx, CREATOR, EMMA.id))

    assert known is None
    assert await manor.database.read(lambda tx: threads.current(tx, CREATOR, EMMA.id)) is None


async def test_while_something_is_on_its_way_to_them_it_is_asked_to_wait(manor: PrivacyScenario) -> None:
    thread = await manor.greeted()
    question = await asked(manor, thread)
    manor.fanvue.faults.add("send", LostAnswer())
    manor.fanvue.faults.add("recent", *[TryLater("Not now.")] * 3)
    await manor.reply("perhaps sent")
    await manor.turn()

    waits = await manor.yes(question, action=Action.FORGET)
    await manor.pass_time(120_000)
    done = await manor.yes(question, action=Action.FORGET)

    assert (waits, done) == (UNDER_WAY, FORGOTTEN)


async def test_who_is_asked_to_wait_has_the_buttons_of_the_question_again(manor: PrivacyScenario) -> None:
    thread = await manor.greeted()
    question = await asked(manor, thread)
    manor.fanvue.faults.add("send", LostAnswer())
    manor.fanvue.faults.add("recent", *[TryLater("Not now.")] * 3)
    await manor.reply("perhaps sent")
    await manor.turn()

    waits = await manor.answered(question, MAYA, Action.FORGET)
    await manor.pass_time(120_000)
    done = await manor.answered(question, MAYA, Action.FORGET)

    assert [button.label for button in waits.buttons] == ["Yes, do it", "No, leave it"]
    assert {button.ref for button in waits.buttons} == {question.buttons[0].ref}
    assert done.buttons == ()


async def test_what_only_waits_is_not_sent_any_more(manor: PrivacyScenario) -> None:
    await manor.greeted()
    manor.fanvue.faults.down = TryLater("Fanvue is down.")
    await manor.reply("not yet sent")
    await manor.turn()

    said = await forget(manor)
    manor.fanvue.faults.down = None
    await manor.pass_time(600_000)

    assert said == FORGOTTEN
    assert manor.texts() == []


@pytest.mark.parametrize("trouble", [LostAnswer(), TryLater("429", after=2.0)])
async def test_a_thread_whose_deletion_fails_is_deleted_later(
    manor: PrivacyScenario, trouble: LostAnswer | TryLater
) -> None:
    thread = await manor.greeted()
    manor.discord.faults.add("delete_thread", trouble)

    await forget(manor)

    assert thread in manor.discord.deleted


async def test_every_thread_of_theirs_goes_also_an_earlier_one(manor: PrivacyScenario) -> None:
    first = await manor.greeted()
    manor.discord.delete(first)
    second = await manor.greeted()
    await manor.happen(manor.wrote("more"))

    await forget(manor)

    assert manor.discord.threads(FORUM) == []
    assert second in manor.discord.deleted
    assert await manor.look() is None


async def test_questions_about_them_that_nobody_answered_name_them_no_more_and_are_over(
    manor: PrivacyScenario,
) -> None:
    thread = await manor.greeted()
    left = await asked(manor, thread)

    await forget(manor)

    rows = await manor.database.read(lambda tx: tx.all("SELECT * FROM drafts"))
    assert EMMA.id not in str([dict(row) for row in rows])
    assert await manor.yes(left, action=Action.FORGET) == OVER


async def test_the_question_names_them_and_another_place_does_not(manor: PrivacyScenario) -> None:
    thread = await manor.greeted()

    here, elsewhere = await asked(manor, thread), await asked(manor, ALERTS)

    assert "Emma @quiet-otter" in words(here)
    assert (elsewhere.body, elsewhere.buttons) == ((NO_FAN,), ())


async def test_the_record_says_that_somebody_was_forgotten_and_not_who(manor: PrivacyScenario) -> None:
    await manor.greeted()

    await forget(manor)

    (entry,) = [one for one in await manor.audit() if one.action == "privacy.forget"]
    assert (entry.actor, entry.target, entry.outcome) == (MAYA, "", "done")
    assert entry.cause is not None
    assert FanId(EMMA.id) not in str(entry)
