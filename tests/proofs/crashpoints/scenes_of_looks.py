"""Scenes of what the bridge looks at by itself, with nobody asking."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

from storage.database import Transaction
from storage.engine.connect import open_database
from tests.database_reader import opened
from tests.proofs.crashpoints.crashpoint_scenario import CrashpointScenario
from tests.proofs.crashpoints.scene import PATIENCE, CrashpointScene, begin_again
from tests.proofs.crashpoints.scenes_of_words import reads_what_is_typed
from tests.proofs.soak.owner_actions import write_to_all

_LOOK_EVERY = 0.05
_TOLD = "after 1 hour"  # so begins what is told of a mass message first


async def _until(bench: CrashpointScenario, sql: str, after: int) -> None:
    """Until this question's `number` is more; another process, so there is no event to wait for."""
    async with asyncio.timeout(PATIENCE):
        while _number(bench, sql) <= after:  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_EVERY)


def _number(bench: CrashpointScenario, sql: str) -> int:
    with opened(bench.town.database) as db:
        (row,) = db.rows(sql)
        return int(row["number"] or 0)


# ── what came of a mass message ──

_FOLLOWED = "SELECT COUNT(*) AS number FROM campaigns"


async def _launch(bench: CrashpointScenario) -> None:
    """A mass message goes out, and the bridge begins to follow it."""
    before = _number(bench, _FOLLOWED)
    answer = await write_to_all(bench.house(), bench.words())
    if answer is not None:
        await answer.until(lambda now: "Mass message sent" in now.text, PATIENCE)
        await _until(bench, _FOLLOWED, before)


async def _launch_again(bench: CrashpointScenario) -> None:
    """Whose command met a dead bridge gives it again; what had gone out is followed by itself."""
    await begin_again(bench, _launch)


async def _hour_over(bench: CrashpointScenario) -> None:
    """It went out two hours ago, on both sides; no process is there."""
    await _launch(bench)
    await bench.quiet()
    await bench.town.bridge.kill()
    for one in bench.town.fanvue.world.mass_messages.values():
        if one.published_at is not None:
            one.published_at -= timedelta(hours=2)
    database = await open_database(bench.town.database, now=0)
    try:
        await database.write(_due)
    finally:
        await database.close()


async def _due(tx: Transaction) -> None:
    await tx.execute("UPDATE campaigns SET due_at = 1 WHERE told = 0")


async def _told(bench: CrashpointScenario) -> None:
    """The look takes place by itself, and what it comes to stands on Discord."""
    await bench.town.discord.world.until(lambda: _lines(bench) >= _went_out(bench), PATIENCE)


async def _told_once(bench: CrashpointScenario) -> None:
    """However often it died: one line for each."""
    await _told(bench)
    await bench.quiet()
    due, lines = _went_out(bench), _lines(bench)
    assert lines == due, f"{due} looks were told of in {lines} lines"


def _went_out(bench: CrashpointScenario) -> int:
    """How many of those that are followed are out there.

    On a bench that other scenes were played on before, some were cancelled since, or wait for their time.
    """
    with opened(bench.town.database) as db:
        followed = {row["message"] for row in db.rows("SELECT message_uuid AS message FROM campaigns")}
    listed = bench.town.fanvue.world.mass_messages.values()
    return sum(one.uuid in followed and one.status == "SENT" for one in listed)


def _lines(bench: CrashpointScenario) -> int:
    shown = bench.town.discord.world.messages.values()
    return sum(_TOLD in one.text for channel in shown for one in channel.values())


# ── what was typed ──


async def _heard(bench: CrashpointScenario) -> None:
    """Until how far everything was heard has been written down anew."""
    before = _mark(bench)
    async with asyncio.timeout(PATIENCE):
        while _mark(bench) == before:  # noqa: ASYNC110 - another process
            await asyncio.sleep(_LOOK_EVERY)


def _mark(bench: CrashpointScenario) -> int | None:
    with opened(bench.town.database) as db:
        rows = db.rows("SELECT CAST(value AS BIGINT) AS number FROM kept WHERE name = 'typed.heard'")
        return int(rows[0]["number"]) if rows else None


LOOKS: Mapping[str, CrashpointScene] = {
    "mass message, followed": CrashpointScene(
        _launch, mend=_launch_again, reaches=("commit/tasks.CampaignFollowUpTask.look/",)
    ),
    "mass message, told of": CrashpointScene(
        _told,
        before=_hour_over,
        mend=_told_once,
        leaves=True,
        reaches=("deed.campaign.look/do/", "commit/tasks.CampaignFollowUpTask._want/"),
    ),
    "heard until": CrashpointScene(
        _heard, before=reads_what_is_typed, reaches=("commit/catch_up_service.MessageCatchUpService._mark/",)
    ),
}
