"""Who was forgotten is not found again; what is new is told once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.access.policy import Action
from bot.features.people.privacy.texts import FORGOTTEN
from bot.model.events import Paid, Subscribed
from bot.relay.sweep_ports import SweptEarning, SweptSubscriber
from storage.engine.connect import open_database
from storage.inbox import threads
from storage.people.retention import DAY, RetentionTerms
from tests.database_place import database_in
from tests.features.operations.problems.problems_scenario import WAITS
from tests.features.people.privacy.privacy_scenario import PrivacyScenario
from tests.features.people.privacy.test_forgetting import NAMES, SECRET, everything
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA, NOAH
from tests.relay.sweep_scenario import MINUTE, SweepScenario


class SweptPrivacyScenario(SweepScenario, PrivacyScenario):
    """A manor that looks by itself, too."""

    async def forget(self) -> None:
        """The owner has Emma forgotten; all that follows has happened."""
        question = await self.privacy.forgetting.ask(await self.owner(), MAYA, await self.thread())
        assert await self.yes(question, action=Action.FORGET) == FORGOTTEN
        for _ in range(10):
            await self.pass_time(2000)

    async def look_again(self) -> None:
        """Another process begins, and sweeps: first as after a pause, then at full depth."""
        await self.restart()
        await self.sweep()
        self.clock.at += self.waits.full_sweep
        await self.sweep()

    async def subscribed(self, change: str, key: str) -> None:
        """A webhook tells of a subscription of Emma's."""
        event = Subscribed(CREATOR, EMMA, change, self.clock.now())
        await self.happen(event, kind=f"subscription.{change}", key=key)

    async def tipped(self, number: str, gross: int) -> None:
        """A webhook tells of a tip of Emma's."""
        paid = Paid(CREATOR, EMMA, "tip", gross, self.clock.now(), payment=f"pay-{number}")
        await self.happen(paid, kind="payment", key=f"tip-{number}")
        await self.pass_time(0)

    def earned(self, order: str, gross: int) -> None:
        """The list of earnings has a tip of Emma's, under an id of its own."""
        self.lists.earned.append(SweptEarning(EMMA, "tip", gross, self.clock.now(), order))


@pytest.fixture
async def manor(tmp_path: Path) -> AsyncIterator[SweptPrivacyScenario]:
    database = await open_database(database_in(tmp_path), now=0)
    ready = SweptPrivacyScenario(database, WAITS, SettableClock())
    try:
        await ready.link()
        await ready.set_up()
        await ready.start()
        await ready.turn()
        await ready.pass_time(MINUTE)
        yield ready
        await ready.crash()
    finally:
        await database.close()


@pytest.mark.parametrize("told_by", ["webhook", "sweep"])
async def test_a_subscription_is_not_told_again(manor: SweptPrivacyScenario, told_by: str) -> None:
    await manor.greeted()
    manor.lists.joined.append(SweptSubscriber(EMMA, manor.clock.now()))
    if told_by == "webhook":
        await manor.subscribed("activated", "s1")
    await manor.sweep()
    told = manor.alerts()
    await manor.forget()

    await manor.look_again()
    if told_by == "sweep":  # the webhook that was late all the time
        event = Subscribed(CREATOR, EMMA, "activated", manor.lists.joined[0].first or 0)
        await manor.happen(event, kind="subscription.activated", key="s1")

    assert len(told) == 1
    assert manor.alerts() == []


async def test_messages_are_not_told_again_and_no_thread_is_opened(manor: SweptPrivacyScenario) -> None:
    await manor.greeted()
    await manor.happen(manor.wrote(SECRET))
    await manor.reply("our answer")
    await manor.turn()
    await manor.forget()

    await manor.look_again()

    assert await manor.database.read(lambda tx: threads.current(tx, CREATOR, EMMA.id)) is None


async def test_a_payment_is_not_told_again_whatever_id_it_has_in_the_list(
    manor: SweptPrivacyScenario,
) -> None:
    await manor.greeted()
    await manor.tipped("1", 700)
    manor.earned("FV-1", 700)
    told = manor.alerts()
    await manor.forget()

    await manor.look_again()

    assert len(told) == 1
    assert manor.alerts() == []


async def test_a_payment_that_the_list_told_is_not_told_again_by_a_late_webhook(
    manor: SweptPrivacyScenario,
) -> None:
    await manor.greeted()
    manor.earned("FV-1", 700)
    await manor.sweep()
    told = manor.alerts()
    late = Paid(CREATOR, EMMA, "tip", 700, manor.lists.earned[0].at, payment="pay-1")
    await manor.forget()

    await manor.happen(late, kind="payment", key="tip-1")
    await manor.pass_time(0)

    assert len(told) == 1
    assert manor.alerts() == []


async def test_what_they_do_afterwards_is_told_once(manor: SweptPrivacyScenario) -> None:
    await manor.greeted()
    manor.lists.joined.append(SweptSubscriber(EMMA, manor.clock.now()))
    await manor.subscribed("activated", "s1")
    await manor.tipped("1", 700)
    await manor.forget()

    await manor.happen(manor.wrote("me again"))
    await manor.subscribed("renewed", "s2")
    await manor.tipped("2", 700)
    manor.earned("FV-2", 700)
    await manor.look_again()

    assert await manor.lines() == ["me again"]
    assert sorted(line.split(":")[0] for line in manor.alerts()) == ["A tip", "Subscription renewed"]


async def test_who_subscribes_for_the_first_time_after_that_is_told_once(manor: SweptPrivacyScenario) -> None:
    await manor.greeted()
    await manor.forget()

    await manor.subscribed("activated", "s1")
    manor.lists.joined.append(SweptSubscriber(EMMA, manor.clock.now()))
    await manor.look_again()

    assert len(manor.alerts()) == 1


async def test_what_only_the_sweep_finds_of_the_time_after_that_is_told(manor: SweptPrivacyScenario) -> None:
    await manor.greeted()
    await manor.forget()

    manor.wrote("no webhook tells this")
    await manor.look_again()

    assert await manor.lines() == ["no webhook tells this"]


async def test_after_the_sweeps_nothing_in_the_database_names_them(manor: SweptPrivacyScenario) -> None:
    await manor.greeted()
    await manor.happen(manor.wrote(SECRET))
    manor.lists.joined.append(SweptSubscriber(EMMA, manor.clock.now()))
    await manor.subscribed("activated", "s1")
    await manor.tipped("1", 700)
    await manor.sweep()
    await manor.forget()

    await manor.look_again()

    after = str(await everything(manor))
    assert [name for name in NAMES if name in after] == []
    assert "forgotten_fans" in after


async def test_forgotten_twice_they_are_not_found_either(manor: SweptPrivacyScenario) -> None:
    await manor.greeted()
    manor.lists.joined.append(SweptSubscriber(EMMA, manor.clock.now()))
    await manor.subscribed("activated", "s1")
    await manor.forget()
    await manor.greeted()
    await manor.forget()

    await manor.look_again()

    assert manor.alerts() == []
    assert await manor.database.read(lambda tx: threads.current(tx, CREATOR, EMMA.id)) is None


async def test_nobody_else_is_taken_for_them(manor: SweptPrivacyScenario) -> None:
    await manor.greeted()
    await manor.subscribed("activated", "s1")
    await manor.forget()

    manor.lists.joined.append(SweptSubscriber(NOAH, manor.clock.now()))
    await manor.look_again()

    assert len(manor.alerts()) == 1


async def test_when_the_time_of_keys_is_over_nothing_is_left_and_nothing_told(
    manor: SweptPrivacyScenario,
) -> None:
    await manor.greeted()
    manor.lists.joined.append(SweptSubscriber(EMMA, manor.clock.now()))
    await manor.subscribed("activated", "s1")
    await manor.sweep()
    await manor.forget()

    manor.clock.at += (RetentionTerms().records + 2) * DAY
    await manor.round()
    left = await everything(manor)
    await manor.look_again()

    assert [left[table] for table in ("forgotten_fans", "subscribers", "chat_marks")] == [[], [], []]
    assert manor.alerts() == []
    assert await manor.database.read(lambda tx: threads.current(tx, CREATOR, EMMA.id)) is None
