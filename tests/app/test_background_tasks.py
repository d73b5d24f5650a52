"""Which process runs what: nothing is forgotten, nothing runs twice."""

import base64
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import background_tasks
from bot.app.program import BridgeProgram, built
from bot.engine.process_roles import ALONE, ProcessRole, ProcessRoles
from bot.engine.supervision import BackgroundTask
from bot.engine.task_placement import PlacedTask, TaskPlacement
from bot.settings.loader import load
from tests.database_place import database_in
from tests.settings.test_settings import WHOLE


@pytest.fixture
async def bridge(tmp_path: Path) -> AsyncIterator[BridgeProgram]:
    """Built, and never run: with all that settings can add to it."""
    keys = tmp_path / "keys"
    keys.write_text(f"1:{base64.b64encode(b'k' * 32).decode()}\n")
    keys.chmod(0o600)
    more = {
        "DATABASE_URL": database_in(tmp_path),
        "STATE_DIR": str(tmp_path),
        "MESSAGE_CONTENT": "on",
        "ENCRYPTION_KEYS": "",
        "ENCRYPTION_KEYS_FILE": str(keys),
    }
    async with built(load(WHOLE | more)) as made:
        yield made


async def _nothing(_stream: object) -> None:
    pass


def of(bridge: BridgeProgram, roles: ProcessRoles, once: list[str]) -> dict[str, PlacedTask]:
    """What a process with these roles runs; what it takes for all is noted in `once`."""

    def noted(task: BackgroundTask) -> BackgroundTask:
        once.append(task.name)
        return task

    standing = replace(bridge.core.together, roles=roles, once=noted, once_a_bot=noted)
    seen = replace(bridge, core=replace(bridge.core, together=standing))
    return {one.task.name: one for one in background_tasks.tasks_of(seen, _nothing)}


def placed(bridge: BridgeProgram) -> dict[str, TaskPlacement]:
    """Where each task runs, as one process alone has them."""
    return {one.task.name: one.placement for one in background_tasks.all_tasks(bridge, _nothing)}


async def test_a_process_alone_runs_everything_and_takes_no_turns(bridge: BridgeProgram) -> None:
    assert set(of(bridge, ALONE, [])) == set(placed(bridge)) | {"gateway"}


async def test_what_is_shared_out_is_whole_and_each_part_has_one_who_does_it(bridge: BridgeProgram) -> None:
    taken: list[str] = []
    shared = Counter[str]()
    for role in ProcessRole:
        shared.update(set(of(bridge, ProcessRoles(frozenset({role})), taken)))
    places = placed(bridge)
    each = {name for name, where in places.items() if where is TaskPlacement.EACH}

    assert set(shared) - set(places) == {"gateway", "open threads", "sign-ins", "webhook secrets"}
    assert {name for name in places if shared[name] != (3 if name in each else 1)} == set()
    assert set(taken) == {name for name, where in places.items() if where.role is None} - each
    assert "sweeps" in taken


async def test_where_each_task_runs_that_does_not_run_once_for_all(bridge: BridgeProgram) -> None:
    found = {name: where.value for name, where in placed(bridge).items() if where is not TaskPlacement.ONCE}

    assert found == {
        "database": "each",
        "keys": "each",
        "drift": "each",
        "boards": "each",
        "targets": "each",
        "access": "each bot",
        "command visibility": "each bot",
        "deliveries": "worker",
        "managed creators": "worker",
        "first steps": "gateway",
        "cancellations": "gateway",
        "noticing": "gateway",
        "greeting": "gateway",
        "typed": "gateway",
        "typed before": "gateway",
        "resting": "gateway",
        "sent answers": "gateway",
        "shown media": "gateway",
        "door": "web",
    }


async def test_a_restored_database_that_waits_has_few_tasks(bridge: BridgeProgram) -> None:
    waiting = replace(bridge, core=replace(bridge.core, restored=1))

    assert {one.task.name for one in background_tasks.all_tasks(waiting, _nothing)} == {
        "deliveries",
        "first steps",
        "tidy",
        "database",
        "cancellations",
        "boards",
        "door",
        "targets",
        "noticing",
        "keys",
        "audit",
        "shown media",
    }


async def test_who_holds_the_session_is_told_which_threads_are_awake_and_does_not_ask(
    bridge: BridgeProgram,
) -> None:
    assert "open threads" not in of(bridge, ProcessRoles(frozenset(ProcessRole)), [])
    assert "open threads" in of(bridge, ProcessRoles(frozenset({ProcessRole.WORKER})), [])


async def test_only_the_web_has_no_affair_with_discord(bridge: BridgeProgram) -> None:
    assert [
        role for role in ProcessRole if "gateway" not in of(bridge, ProcessRoles(frozenset({role})), [])
    ] == [ProcessRole.WEB]


async def test_who_stands_by_does_already_what_a_web_does_and_nothing_else_of_its_roles(
    bridge: BridgeProgram,
) -> None:
    def before(*which: ProcessRole) -> set[str]:
        roles = ProcessRoles(frozenset(which))
        everything = of(bridge, roles, [])
        return {name for name, one in everything.items() if background_tasks.is_before(one, roles)}

    web = set(of(bridge, ProcessRoles(frozenset({ProcessRole.WEB})), []))

    assert (
        before(ProcessRole.GATEWAY) == before(ProcessRole.GATEWAY, ProcessRole.WORKER) == {"database", "keys"}
    )
    assert before(ProcessRole.GATEWAY, ProcessRole.WEB) == web
    assert before(*ProcessRole) == web
