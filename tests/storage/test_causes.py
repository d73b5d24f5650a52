"""What an effect follows from: the fact or the command at the end of all causes."""

import pytest

from storage.database import Database, Transaction
from storage.engine import commands, inbox, outbox
from storage.engine.causes import RootCause, root_cause
from storage.records import EffectId
from tests.storage.record_fixtures import command, new_effect, new_fact


async def root_of(database: Database, effect: str) -> RootCause:
    async def work(tx: Transaction) -> RootCause:
        found = await outbox.get(tx, EffectId(effect))
        assert found is not None
        return await root_cause(tx, found)

    return await database.read(work)


@pytest.fixture
async def causes(known: Database) -> Database:
    """A fact and a command, and what follows from either, and from neither."""

    async def work(tx: Transaction) -> None:
        await inbox.keep(tx, new_fact(1))
        await commands.stage(tx, command(1))
        for number, cause in enumerate(
            ("fact-1", "command-1", "effect-1", "effect-3:again", "digest:creator-1", "effect-5"), 1
        ):
            await outbox.add(tx, new_effect(number, cause=cause))

    await known.write(work)
    return known


@pytest.mark.parametrize(
    ("effect", "root"),
    [
        pytest.param("effect-1", RootCause("fact-1", known=True), id="of a fact"),
        pytest.param("effect-2", RootCause("command-1", known=True), id="of a command"),
        pytest.param("effect-3", RootCause("fact-1", known=True), id="of an effect of a fact"),
        pytest.param("effect-4", RootCause("fact-1", known=True), id="and again"),
        pytest.param("effect-5", RootCause("effect-5", known=False), id="of neither"),
        pytest.param("effect-6", RootCause("effect-5", known=False), id="of an effect of neither"),
    ],
)
async def test_the_way_ends_at_a_fact_or_a_command_or_the_first_effect(
    causes: Database, effect: str, root: RootCause
) -> None:
    assert await root_of(causes, effect) == root


async def test_effects_that_follow_from_each_other_end_too(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        await outbox.add(tx, new_effect(1, cause="effect-2"))
        await outbox.add(tx, new_effect(2, cause="effect-1"))

    await known.write(work)

    assert not (await root_of(known, "effect-1")).known
