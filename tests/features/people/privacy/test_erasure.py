"""Erasing a creator: nothing of theirs is left, and nobody else is touched."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.access.policy import Action
from bot.features.people.privacy import erasure_texts as wording
from bot.features.people.privacy.question_service import KEPT, OVER
from bot.model.errors import BotForbidden, TryLater
from bot.model.events import Paid
from bot.model.ports import Post
from storage.database import Transaction
from storage.engine.audit_verification import verify
from storage.engine.dialect import COLUMNS
from storage.inbox import fans
from storage.money import payments
from storage.people import creator_wipe, creators, erasures, retention
from storage.people.erasures import ErasureStep
from storage.records import Creator, CreatorId, DiscordId, Fan, FanId, LinkId, LinkKind
from tests.audit_log_fixtures import CHAIN
from tests.confirmations import ref_of, yes_to
from tests.features.operations.problems.problems_scenario import labels, words
from tests.features.people.privacy.privacy_scenario import PrivacyScenario
from tests.features.people.privacy.test_forgetting import opened
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, FORUM, MAYA, NOAH

SECRET = "nobody else may read this"
OTHER = CreatorId("8d1f0c52-6f0e-4b7b-9d0b-2f7f0f2f4c99")


async def a_house(manor: PrivacyScenario) -> None:
    """Two fans, a reply, money; and another creator with a fan, of whom nothing may change."""
    await manor.happen(manor.wrote(SECRET))
    await manor.reply(SECRET)
    await manor.turn()
    tip = Paid(creator=CREATOR, fan=EMMA, at=manor.clock.now(), source="tip", gross=700, payment="pay-1")
    await manor.happen(tip, kind="payment", key="p1")
    await manor.greeted(NOAH)

    async def somebody_else(tx: Transaction) -> None:
        await creators.learn(tx, Creator(OTHER, "zoe-else", "Zoe"), now=0)
        await fans.learn(tx, Fan(OTHER, FanId("a-fan-of-hers"), "hers", "Hers", None, 0))

    await manor.database.write(somebody_else)


async def ask(manor: PrivacyScenario) -> Post:
    return await manor.privacy.erasure.ask(await manor.owner(), MAYA)


async def typed(manor: PrivacyScenario, question: Post, text: str, by: DiscordId = MAYA) -> str:
    """Somebody types this into the window under the question."""
    command = await manor.privacy.erasure.stage(manor.wish(ALERTS))
    assert command is not None
    yes = yes_to(Action.ERASE, ref_of(question), by, CREATOR)
    return await manor.privacy.erasure.begin(command, text, yes)


async def handle(manor: PrivacyScenario) -> str:
    return (await manor.owner()).handle


async def begun(manor: PrivacyScenario) -> None:
    question = await ask(manor)
    assert await typed(manor, question, await handle(manor)) == wording.BEGUN


async def carried_out(manor: PrivacyScenario, looks: int = 12) -> None:
    for _ in range(looks):
        await manor.privacy.job.look()
        await manor.pass_time(2000)


async def everything(manor: PrivacyScenario) -> Mapping[str, list[dict[str, Any]]]:
    """Every row of every table, what is sealed opened where a body may name somebody."""
    columns = await manor.database.read(lambda tx: tx.all(COLUMNS))
    found = {}
    for table in sorted({row["table"] for row in columns}):
        rows = await manor.database.read(lambda tx, table=table: tx.all(f"SELECT * FROM {table}"))  # type: ignore[misc]  # noqa: S608
        found[table] = [opened(manor, table, dict(row)) for row in rows]
    return found


async def test_the_question_counts_what_goes_and_says_what_stays(manor: PrivacyScenario) -> None:
    await a_house(manor)

    question = await ask(manor)

    said = words(question)
    assert labels(question) == ["Erase everything…", "No, leave it"]
    assert "2 fans" in said
    assert "1 line about money for 10 years" in said
    assert "can't be undone" in said
    assert await manor.database.read(erasures.under_way) == []


async def test_only_the_handle_begins_it_and_a_slip_leaves_the_question_open(manor: PrivacyScenario) -> None:
    await a_house(manor)
    question = await ask(manor)

    wrong = await typed(manor, question, "yes")
    stranger = await typed(manor, question, await handle(manor), by=DiscordId(99))
    right = await typed(manor, question, f" @{(await handle(manor)).upper()} ")
    again = await typed(manor, question, await handle(manor))

    assert "nothing was erased" in wrong
    assert (stranger, right, again) == (OVER, wording.BEGUN, OVER)
    assert [one.creator for one in await manor.database.read(erasures.under_way)] == [CREATOR]


async def test_a_no_closes_the_question(manor: PrivacyScenario) -> None:
    await a_house(manor)
    question = await ask(manor)

    said = await manor.privacy.answering.no(question.buttons[1].ref, MAYA, Action.ERASE)

    assert (said, await typed(manor, question, await handle(manor))) == (KEPT, OVER)


async def test_whoever_stands_in_for_an_owner_does_not_erase_them(manor: PrivacyScenario) -> None:
    link = await manor.owner()
    await manor.database.write(lambda tx: creators.close(tx, link.id, now=1))
    steward = replace(link, id=LinkId("steward"), kind=LinkKind.STEWARD)
    await manor.database.write(lambda tx: creators.add_link(tx, steward, now=2))

    question = await ask(manor)

    assert (question.body, question.buttons) == ((wording.ONLY_THE_OWNER,), ())


async def test_whoever_stood_in_begins_nothing_once_the_owner_has_connected(manor: PrivacyScenario) -> None:
    await manor.database.write(lambda tx: tx.execute("UPDATE links SET kind = 'steward'"))
    steward = await manor.owner()
    question = await ask(manor)

    async def connects(tx: Transaction) -> None:
        await creators.close(tx, steward.id, now=1)
        own = replace(steward, id=LinkId("own"), kind=LinkKind.OWN, discord_user=DiscordId(99))
        await creators.add_link(tx, own, now=2)

    await manor.database.write(connects)

    said = await typed(manor, question, steward.handle)

    assert (len(question.buttons), said) == (2, wording.ONLY_THE_OWNER)
    assert await manor.database.read(erasures.under_way) == []
    assert [one for one in await manor.audit() if one.action == "privacy.erase"] == []


@pytest.mark.parametrize("left", ["closed", "stands in"])
async def test_an_owner_who_is_that_no_more_when_the_handle_is_typed_erases_nothing(
    manor: PrivacyScenario, left: str
) -> None:
    question, link = await ask(manor), await manor.owner()
    await manor.database.write(lambda tx: creators.close(tx, link.id, now=1))
    if left == "stands in":
        steward = replace(link, id=LinkId("steward"), kind=LinkKind.STEWARD)
        await manor.database.write(lambda tx: creators.add_link(tx, steward, now=2))

    said = await typed(manor, question, link.handle)

    assert said == wording.ONLY_THE_OWNER
    assert await manor.database.read(erasures.under_way) == []


async def test_asked_for_in_a_fans_own_thread_the_answer_says_how_it_ends(manor: PrivacyScenario) -> None:
    await a_house(manor)
    thread = await manor.thread(EMMA)
    wish = manor.wish(thread)
    question = await ask(manor)
    command = await manor.privacy.erasure.stage(wish)
    assert command is not None
    yes = yes_to(Action.ERASE, ref_of(question), MAYA, CREATOR)
    await manor.privacy.erasure.begin(command, await handle(manor), yes)

    await carried_out(manor)

    found = await everything(manor)
    assert manor.discord.answers[wish.token].title == "Everything about the creator is erased"
    assert [table for table, rows in found.items() if str(thread) in str(rows)] == []


async def test_nothing_in_the_database_is_about_them_but_what_is_kept(manor: PrivacyScenario) -> None:
    await a_house(manor)
    name, before = await handle(manor), str(await everything(manor))
    await begun(manor)

    await carried_out(manor)

    found = await everything(manor)
    left = {table: rows for table, rows in found.items() if CREATOR in str(rows)}
    assert set(left) == {"audit", "payments"}
    assert manor.ended_by == [MAYA]
    after = str(found)
    names = (SECRET, EMMA.id, NOAH.id, "quiet-otter", "loud-owl", "Emma", f"'{name}'")
    assert [one for one in names if one not in before] == []
    assert [one for one in names if one in after] == []


def of_the_other(found: Mapping[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    return {table: [row for row in rows if OTHER in str(row)] for table, rows in found.items()}


async def test_nobody_else_is_touched(manor: PrivacyScenario) -> None:
    await a_house(manor)
    theirs = of_the_other(await everything(manor))
    await begun(manor)

    await carried_out(manor)

    after = await everything(manor)
    assert of_the_other(after) == theirs
    assert len(theirs["fans"]) == 1


async def test_money_and_audit_stay_without_names_and_the_chain_verifies(manor: PrivacyScenario) -> None:
    await a_house(manor)
    await begun(manor)

    await carried_out(manor)

    (line,) = await manor.database.read(lambda tx: payments.with_id(tx, CREATOR, "pay-1"))
    assert line.gross == 700
    verdict = await manor.database.read(lambda tx: verify(tx, CHAIN, tell=lambda _done, _of: None))
    assert verdict.broken is None
    begun_line, ended = [one for one in await manor.audit() if one.action == "privacy.erase"]
    assert (begun_line.actor, begun_line.outcome) == (MAYA, "begun")
    assert ended.outcome.startswith("erased: 2 fans")


async def test_channels_go_from_discord_and_the_end_is_told_to_whoever_asked(manor: PrivacyScenario) -> None:
    await a_house(manor)
    await begun(manor)

    await carried_out(manor)

    assert {FORUM, ALERTS} <= set(manor.discord.deleted)
    (told,) = manor.mail.to[MAYA]
    assert "**Erased:** 2 fans" in words(told)
    assert "**Kept:** 1 line about money" in words(told)
    assert "by hand" not in words(told)


async def test_what_is_counted_is_called_what_it_is_and_backups_are_the_operators(
    manor: PrivacyScenario,
) -> None:
    await a_house(manor)
    asked = words(await ask(manor))
    await begun(manor)

    await carried_out(manor)

    told = words(manor.mail.to[MAYA][0])
    (ended,) = [one for one in await manor.audit() if one.outcome.startswith("erased")]
    entries = re.compile("[\\d,]+ entries received, sent and typed")
    assert [bool(entries.search(text)) for text in (asked, told)] == [True, True]
    assert [" texts" in text.replace("with their texts", "") for text in (asked, told)] == [False, False]
    assert re.fullmatch(r"erased: 2 fans, 3 messages, [\d,]+ entries", ended.outcome)
    whose = "Backups keep everything until the bridge's operator deletes them"
    assert [whose in text for text in (asked, told)] == [True, True]


async def test_a_command_in_a_fans_thread_is_counted_before_as_it_is_after(manor: PrivacyScenario) -> None:
    await a_house(manor)
    await manor.commands.stage(manor.wish(await manor.thread(EMMA)), action="card.figures")
    counted = await manor.database.read(lambda tx: creator_wipe.counts(tx, CREATOR))

    start = [table for table, _, _ in creator_wipe.WIPED].index("commands")
    gone, _ = await manor.database.write(lambda tx: creator_wipe.wipe(tx, CREATOR, limit=500, start=start))

    assert gone == {"commands": counted["commands"]}


async def test_where_the_bot_may_not_delete_the_forum_its_posts_go_and_a_person_does_the_rest(
    manor: PrivacyScenario,
) -> None:
    await a_house(manor)
    threads = {await manor.thread(EMMA), await manor.thread(NOAH)}
    manor.discord.faults.add("delete_thread", BotForbidden("The bot lacks “Manage Channels”."))
    await begun(manor)

    await carried_out(manor)

    assert threads <= set(manor.discord.deleted)
    assert f"<#{FORUM}>" in words(manor.mail.to[MAYA][0])
    assert await manor.database.read(erasures.under_way) == []


@pytest.mark.parametrize("trouble", [LostAnswer(), TryLater("429", after=2.0)])
async def test_a_deletion_that_fails_is_tried_again(
    manor: PrivacyScenario, trouble: LostAnswer | TryLater
) -> None:
    await a_house(manor)
    manor.discord.faults.add("delete_thread", trouble)
    await begun(manor)

    await carried_out(manor)

    assert {FORUM, ALERTS} <= set(manor.discord.deleted)
    assert await manor.database.read(erasures.under_way) == []


async def test_what_waits_is_not_sent_and_what_comes_meanwhile_goes_too(manor: PrivacyScenario) -> None:
    await a_house(manor)
    manor.fanvue.faults.down = TryLater("Fanvue is down.")
    await manor.reply("not yet sent")
    await manor.turn()
    await begun(manor)
    await manor.privacy.job.look()
    manor.fanvue.faults.down = None

    await manor.happen(manor.wrote("written meanwhile"))
    await carried_out(manor)

    assert manor.texts() == [SECRET]
    assert "written meanwhile" not in str(await everything(manor))


@pytest.mark.parametrize("looks", range(1, 6))
async def test_a_process_that_dies_anywhere_goes_on_where_it_was(manor: PrivacyScenario, looks: int) -> None:
    await a_house(manor)
    await begun(manor)
    small = manor.job(batch=3, batches=2)
    for _ in range(looks):
        await small.look()

    await manor.restart()
    await carried_out(manor, 20)

    found = await everything(manor)
    assert {table for table, rows in found.items() if CREATOR in str(rows)} == {"audit", "payments"}
    assert len(manor.mail.to[MAYA]) == 1
    ended = [one for one in await manor.audit() if one.action == "privacy.erase"]
    assert [one.outcome.split(":")[0] for one in ended] == ["begun", "erased"]


async def test_the_operators_word_stands_in_the_audit_and_no_one_is_written_to(
    manor: PrivacyScenario,
) -> None:
    await a_house(manor)
    now = manor.clock.now()
    begun = await manor.database.write(
        lambda tx: erasures.begin(tx, CREATOR, by=None, command=None, step=ErasureStep.ASKED, now=now)
    )

    await carried_out(manor)

    lines = [one for one in await manor.audit() if one.action == "privacy.erase"]
    assert begun
    assert [(one.actor, one.outcome.split(":")[0]) for one in lines] == [
        (None, "begun by the operator"),
        (None, "erased"),
    ]
    assert manor.mail.to == {}


async def test_money_goes_when_its_time_is_over_also_of_an_erased_creator(manor: PrivacyScenario) -> None:
    await a_house(manor)
    await begun(manor)
    await carried_out(manor)

    assert CREATOR in await manor.database.read(retention.everybody)
    await manor.days(3660)

    assert (await manor.database.read(lambda tx: creator_wipe.counts(tx, CREATOR)))["payments"] == 0


async def test_the_counts_add_up_over_restarts(manor: PrivacyScenario) -> None:
    await a_house(manor)
    before = await manor.database.read(lambda tx: creator_wipe.counts(tx, CREATOR))
    await begun(manor)
    small = manor.job(batch=1, batches=3)
    for _ in range(200):
        await small.look()
        await manor.pass_time(2000)

    said = words(manor.mail.to[MAYA][0])

    assert f"{before['fans']} fans, {before['messages']} messages" in said
