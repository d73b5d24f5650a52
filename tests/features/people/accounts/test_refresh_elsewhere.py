"""Several processes renew tokens: one at a time for each link (R11)."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from bot.fanvue.oauth import Outcome
from bot.features.people.accounts.renewal import TokenRenewal
from bot.features.people.accounts.tokens import AccountTokens
from bot.model.errors import TryLater
from storage.database import Transaction
from storage.records import Link
from tests.features.people.accounts.accounts_scenario import AccountStage


@dataclass
class RefreshCrew:
    """A crew in which the test says who lives."""

    me: str
    living: set[str] = field(default_factory=lambda: {"one", "two"})

    async def gone(self, tx: Transaction, name: str) -> bool:  # noqa: ARG002 - the port's
        """Whoever is not among the living."""
        return name not in self.living


class SlowTokenAuthority:
    """The real authority, whose answer comes when it may; or never."""

    def __init__(self, studio: AccountStage) -> None:
        self._real = studio.means.authority
        self.asked = asyncio.Event()
        self.may_answer = asyncio.Event()

    async def refresh(self, token: str) -> Outcome:
        """Fanvue has rotated before the answer is kept back."""
        outcome = await self._real.refresh(token)
        self.asked.set()
        await self.may_answer.wait()
        return outcome

    async def revoke(self, token: str) -> object:
        """At once."""
        return await self._real.revoke(token)


def process(studio: AccountStage, crew: RefreshCrew, slow: SlowTokenAuthority | None = None) -> AccountTokens:
    """One of several processes on the same database."""
    means = studio.means
    renewing = TokenRenewal(
        database=studio.database,
        sealer=means.sealer,
        clock=studio.clock,
        ids=means.ids,
        authority=slow or means.authority,  # type: ignore[arg-type]
        revoking=means.revoking,
        effects=studio.effects,
        crew=crew,
    )
    return AccountTokens(database=studio.database, clock=studio.clock, renewing=renewing)


async def linked(studio: AccountStage) -> Link:
    """Olivia's link."""
    await studio.linked()
    (link,) = await studio.linking.links_of(studio.user("olivia"))
    return link


def refreshes(studio: AccountStage) -> list[str]:
    """What Fanvue was asked."""
    kinds = ("token.refreshed", "token.graced", "token.reuse")
    return [entry.kind for entry in studio.fanvue.ledger if entry.kind in kinds]


async def test_while_another_process_renews_a_token_nobody_else_asks_for_one(studio: AccountStage) -> None:
    link, slow = await linked(studio), SlowTokenAuthority(studio)
    studio.clock.pass_by(hours=1)
    first, second = process(studio, RefreshCrew("one"), slow), process(studio, RefreshCrew("two"))
    flying = asyncio.create_task(first.current(link.id))
    await slow.asked.wait()

    with pytest.raises(TryLater) as later:
        await second.current(link.id)
    await second.recover()  # as one that was just started
    slow.may_answer.set()
    token = await flying

    assert (later.value.after, later.value.paused) == (1, False)
    assert await second.current(link.id) == token
    assert refreshes(studio) == ["token.refreshed"]


async def test_a_token_that_still_opens_is_used_while_another_process_renews_it(studio: AccountStage) -> None:
    link, slow = await linked(studio), SlowTokenAuthority(studio)
    old = await studio.tokens.current(link.id)
    studio.clock.pass_by(minutes=50)
    first, second = process(studio, RefreshCrew("one"), slow), process(studio, RefreshCrew("two"))
    flying = asyncio.create_task(first.current(link.id))
    await slow.asked.wait()

    meanwhile = await second.current(link.id)
    slow.may_answer.set()
    await flying

    assert meanwhile == old
    assert refreshes(studio) == ["token.refreshed"]


async def test_eight_processes_that_ask_at_once_cause_one_refresh(studio: AccountStage) -> None:
    link = await linked(studio)
    studio.clock.pass_by(hours=1)
    names = [f"p{number}" for number in range(8)]
    all_of_them = [process(studio, RefreshCrew(name, set(names))) for name in names]

    async def until_it_is_there(one: AccountTokens) -> str:
        for _ in range(1000):
            with suppress(TryLater):
                return await one.current(link.id)
            await asyncio.sleep(0)
        raise AssertionError("it never came")

    got = await asyncio.gather(*map(until_it_is_there, all_of_them))

    assert len(set(got)) == 1
    assert refreshes(studio) == ["token.refreshed"]


async def test_what_a_process_that_is_gone_has_left_open_is_repeated_once(studio: AccountStage) -> None:
    link, slow = await linked(studio), SlowTokenAuthority(studio)
    studio.clock.pass_by(hours=1)
    crew = RefreshCrew("two")
    flying = asyncio.create_task(process(studio, RefreshCrew("one"), slow).current(link.id))
    await slow.asked.wait()
    crew.living.discard("one")

    token = await process(studio, crew).current(link.id)

    assert (await studio.client.whoami(token)).uuid == link.creator
    assert refreshes(studio) == ["token.refreshed", "token.graced"]
    flying.cancel()
    slow.may_answer.set()
    await asyncio.wait([flying])


async def test_who_is_alone_repeats_what_one_of_several_has_left_open(studio: AccountStage) -> None:
    link, slow = await linked(studio), SlowTokenAuthority(studio)
    studio.clock.pass_by(hours=1)
    flying = asyncio.create_task(process(studio, RefreshCrew("one"), slow).current(link.id))
    await slow.asked.wait()

    await studio.tokens.recover()

    assert refreshes(studio) == ["token.refreshed", "token.graced"]
    flying.cancel()
    slow.may_answer.set()
    await asyncio.wait([flying])


async def test_two_processes_that_find_what_a_third_has_left_open_repeat_it_once(
    studio: AccountStage,
) -> None:
    link, lost, slow = await linked(studio), SlowTokenAuthority(studio), SlowTokenAuthority(studio)
    studio.clock.pass_by(hours=1)
    flying = asyncio.create_task(process(studio, RefreshCrew("one"), lost).current(link.id))
    await lost.asked.wait()
    living = {"two", "three"}
    second = process(studio, RefreshCrew("two", living), slow)
    repeating = asyncio.create_task(second.current(link.id))
    await slow.asked.wait()

    with pytest.raises(TryLater) as later:
        await process(studio, RefreshCrew("three", living)).current(link.id)
    slow.may_answer.set()
    token = await repeating

    assert not later.value.paused
    assert (await studio.client.whoami(token)).uuid == link.creator
    assert refreshes(studio) == ["token.refreshed", "token.graced"]
    flying.cancel()
    lost.may_answer.set()
    await asyncio.wait([flying])


async def test_two_processes_that_begin_the_same_repeat_at_once_both_get_the_token(
    studio: AccountStage,
) -> None:
    link, lost = await linked(studio), SlowTokenAuthority(studio)
    studio.clock.pass_by(hours=1)
    flying = asyncio.create_task(process(studio, RefreshCrew("one"), lost).current(link.id))
    await lost.asked.wait()
    living = {"two", "three", "four"}

    async def until_it_is_there(name: str) -> str:
        one = process(studio, RefreshCrew(name, living))
        for _ in range(1000):
            with suppress(TryLater):
                return await one.current(link.id)
            await asyncio.sleep(0)
        raise AssertionError("it never came")

    got = await asyncio.gather(*map(until_it_is_there, sorted(living)))

    assert len(set(got)) == 1
    assert refreshes(studio) == ["token.refreshed", "token.graced"]
    flying.cancel()
    lost.may_answer.set()
    await asyncio.wait([flying])


async def test_a_repeat_whose_process_is_gone_too_costs_the_sign_in_and_is_not_made_again(
    studio: AccountStage,
) -> None:
    link, lost, slow = await linked(studio), SlowTokenAuthority(studio), SlowTokenAuthority(studio)
    studio.clock.pass_by(hours=1)
    first = asyncio.create_task(process(studio, RefreshCrew("one"), lost).current(link.id))
    await lost.asked.wait()
    second = asyncio.create_task(process(studio, RefreshCrew("two", {"two", "three"}), slow).current(link.id))
    await slow.asked.wait()

    with pytest.raises(TryLater) as later:
        await process(studio, RefreshCrew("three", {"three"})).current(link.id)

    assert later.value.paused
    assert refreshes(studio) == ["token.refreshed", "token.graced"]
    for flying, way in ((first, lost), (second, slow)):
        flying.cancel()
        way.may_answer.set()
        await asyncio.wait([flying])
