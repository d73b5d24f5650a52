"""Ciphertext from another row: that one waits for a person, all else goes on."""
# ruff: noqa: ARG002 -- every deed answers the same questions, needed or not

from pathlib import Path

import pytest

from bot.engine.effect_handler import Body, Done
from storage.database import Transaction
from storage.records import Effect, EffectState, FactId
from tests.relay.relay_scenario import EMMA, RelayScenario, running
from tests.relay.test_delivery import STREAM, RememberingHandler, added, deliveries


class SoughtEffectHandler(RememberingHandler):
    """Is looked for when its fate is unknown."""

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """It arrived."""
        return Done(body["name"])


async def copy(world: RelayScenario, table: str, *, onto: str, of: str) -> None:
    async def work(tx: Transaction) -> None:
        done = await tx.execute(
            f"UPDATE {table} SET body_ct = (SELECT o.body_ct FROM {table} AS o WHERE o.id = :of) "  # noqa: S608 - named here
            "WHERE id = :onto",
            of=of,
            onto=onto,
        )
        assert done == 1

    await world.database.write(work)


async def test_an_effect_of_another_row_asks_a_person_and_the_next_one_is_done(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(tmp_path, ready=False) as world:
        await world.stop()
        first, second, _ = await added(world, "remember", "remember", "remember")
        await copy(world, "outbox", onto=second, of=first)
        deed = RememberingHandler()

        assert await deliveries(world, remember=deed).drain(STREAM) is None

        found = await world.effect(second)
        assert deed.done == ["0", "2"]
        assert found.state is EffectState.REJECTED
        assert "copied from another row" in (found.reason or "")
        row = await world.database.read(
            lambda tx: tx.one("SELECT attention FROM outbox WHERE id = :id", id=second)
        )
        assert row == {"attention": found.reason}
        assert "integrity" in caplog.text


async def test_one_of_unknown_fate_is_given_up_too(tmp_path: Path) -> None:
    async with running(tmp_path, ready=False) as world:
        await world.stop()
        first, second, _ = await added(world, "sought", "sought", "sought")
        await world.database.write(
            lambda tx: tx.execute(
                "UPDATE outbox SET state = 'unknown', attempt_started = 1 WHERE id = :id", id=second
            )
        )
        await copy(world, "outbox", onto=second, of=first)
        deed = SoughtEffectHandler()

        assert await deliveries(world, sought=deed).drain(STREAM) is None

        assert deed.done == ["0", "2"]
        assert (await world.effect(second)).state is EffectState.REJECTED


async def test_a_fact_of_another_row_is_put_aside_and_the_next_one_is_shown(tmp_path: Path) -> None:
    async with running(tmp_path) as world:
        await world.greeted()
        await world.crash()
        for text in ("one", "two", "three"):
            await world.keep(world.wrote(text))
        rows = await world.database.read(
            lambda tx: tx.all("SELECT id FROM inbox WHERE state = 'new' ORDER BY source_at, fact_key")
        )
        first, second, _ = (FactId(row["id"]) for row in rows)
        await copy(world, "inbox", onto=second, of=first)

        await world.restart()
        await world.turn()

        state = await world.database.read(
            lambda tx: tx.one("SELECT state FROM inbox WHERE id = :id", id=second)
        )
        assert state == {"state": "quarantined"}
        assert [line for line in await world.lines(EMMA) if line in ("one", "two", "three")] == [
            "one",
            "three",
        ]
