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
from bot.engine.supervision import BackgroundTask, Beat
from bot.settings.loader import load
from tests.settings.test_settings import WHOLE
from tests.where import database_in


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


async def _run(_beat: Beat) -> None:
    pass


def of(bridge: BridgeProgram, roles: ProcessRoles, once: list[str]) -> set[str]:
    """What a process with these roles runs; what it takes for all is noted in `once`."""

    def noted(duty: BackgroundTask) -> BackgroundTask:
        once.append(duty.name)
        return duty

    standing = replace(bridge.core.together, roles=roles, once=noted, once_a_bot=noted)
    seen = replace(bridge, core=replace(bridge.core, together=standing))
    return {duty.name for duty in background_tasks.duties_of(seen, _nothing)}


async def test_a_process_alone_runs_everything_and_takes_no_turns(bridge: BridgeProgram) -> None:
    taken: list[str] = []
    everything = {duty.name for duty in background_tasks._all_of(bridge, _nothing)}

    assert of(bridge, ALONE, taken) == everything | {"gateway"}
    assert set(background_tasks._OF) | background_tasks._EACH <= everything


async def test_what_is_shared_out_is_whole_and_each_part_has_one_who_does_it(bridge: BridgeProgram) -> None:
    taken: list[str] = []
    shared = Counter[str]()
    for role in ProcessRole:
        shared.update(of(bridge, ProcessRoles(frozenset({role})), taken))
    everything = {duty.name for duty in background_tasks._all_of(bridge, _nothing)}

    assert set(shared) - everything == {"gateway", "open threads", "sign-ins", "webhook secrets"}
    assert {
        name for name in everything if shared[name] != (3 if name in background_tasks._EACH else 1)
    } == set()
    assert set(taken) == everything - background_tasks._EACH - set(background_tasks._OF)
    assert "sweeps" in taken


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
        everything = [BackgroundTask(name, _run, None) for name in of(bridge, roles, [])]
        return {duty.name for duty in everything if background_tasks.is_before(duty, roles)}

    web = of(bridge, ProcessRoles(frozenset({ProcessRole.WEB})), [])

    assert (
        before(ProcessRole.GATEWAY) == before(ProcessRole.GATEWAY, ProcessRole.WORKER) == {"database", "keys"}
    )
    assert before(ProcessRole.GATEWAY, ProcessRole.WEB) == web
    assert before(*ProcessRole) == web
