"""Which process runs what: nothing is forgotten, nothing runs twice."""

import base64
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import duties
from bot.app import Bridge, built
from bot.config_reading import load
from bot.roles import ALONE, Role, Roles
from bot.supervision import Beat, Duty
from tests.test_config import WHOLE
from tests.where import database_in


@pytest.fixture
async def bridge(tmp_path: Path) -> AsyncIterator[Bridge]:
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


def of(bridge: Bridge, roles: Roles, once: list[str]) -> set[str]:
    """What a process with these roles runs; what it takes for all is noted in `once`."""

    def noted(duty: Duty) -> Duty:
        once.append(duty.name)
        return duty

    standing = replace(bridge.core.together, roles=roles, once=noted, once_a_bot=noted)
    seen = replace(bridge, core=replace(bridge.core, together=standing))
    return {duty.name for duty in duties.duties_of(seen, _nothing)}


async def test_a_process_alone_runs_everything_and_takes_no_turns(bridge: Bridge) -> None:
    taken: list[str] = []
    everything = {duty.name for duty in duties._all_of(bridge, _nothing)}

    assert of(bridge, ALONE, taken) == everything | {"gateway"}
    assert set(duties._OF) | duties._EACH <= everything


async def test_what_is_shared_out_is_whole_and_each_part_has_one_who_does_it(bridge: Bridge) -> None:
    taken: list[str] = []
    shared = Counter[str]()
    for role in Role:
        shared.update(of(bridge, Roles(frozenset({role})), taken))
    everything = {duty.name for duty in duties._all_of(bridge, _nothing)}

    assert set(shared) - everything == {"gateway", "open threads", "sign-ins", "webhook secrets"}
    assert {name for name in everything if shared[name] != (3 if name in duties._EACH else 1)} == set()
    assert set(taken) == everything - duties._EACH - set(duties._OF)
    assert "sweeps" in taken


async def test_who_holds_the_session_is_told_which_threads_are_awake_and_does_not_ask(bridge: Bridge) -> None:
    assert "open threads" not in of(bridge, Roles(frozenset(Role)), [])
    assert "open threads" in of(bridge, Roles(frozenset({Role.WORKER})), [])


async def test_only_the_web_has_no_affair_with_discord(bridge: Bridge) -> None:
    assert [role for role in Role if "gateway" not in of(bridge, Roles(frozenset({role})), [])] == [Role.WEB]


async def test_who_stands_by_does_already_what_a_web_does_and_nothing_else_of_its_roles(
    bridge: Bridge,
) -> None:
    def before(*which: Role) -> set[str]:
        roles = Roles(frozenset(which))
        everything = [Duty(name, _run, None) for name in of(bridge, roles, [])]
        return {duty.name for duty in everything if duties.is_before(duty, roles)}

    web = of(bridge, Roles(frozenset({Role.WEB})), [])

    assert before(Role.GATEWAY) == before(Role.GATEWAY, Role.WORKER) == {"database", "keys"}
    assert before(Role.GATEWAY, Role.WEB) == web
    assert before(*Role) == web
