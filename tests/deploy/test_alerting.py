"""Alert rules and dashboard: what they name exists, each alert fires once."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import aiohttp
import pytest

from bot.engine.call_timing import NO_ANSWER, outcome_of
from bot.sandbox.stage import staged
from tests.database_place import settings_in
from tests.deploy.alert_rules import (
    DASHBOARD,
    PROMTOOL,
    RULES,
    Series,
    Value,
    firing,
    panels,
    promtool,
    rules,
)
from tests.journeys.conftest import SPEED
from tests.warm_bridge import WarmProgram

BROKEN, MENDED = 100, 300  # minutes
TWO_DAYS = 2 * 1440
LONG = TWO_DAYS + 60
INSTANCES = ("a", "b")  # two processes on one database
needs_promtool = pytest.mark.skipif(PROMTOOL is None, reason="promtool is not here; apt install prometheus")
At = Callable[[int], Value]


def broken(ill: At, well: At = lambda _minute: 0.0) -> At:
    """Ill from one minute to another."""
    return lambda minute: ill(minute) if BROKEN <= minute < MENDED else well(minute)


def becomes(value: Value, before: Value = 0.0) -> At:
    return broken(lambda _minute: value, lambda _minute: before)


def flat(minute: int) -> Value:
    """A counter that grows by ten a minute, and stands still while it is broken."""
    return 10.0 * (min(minute, BROKEN) + max(0, minute - MENDED))


def grows(minute: int) -> Value:
    return 10.0 * minute


def only_then(minute: int) -> Value:
    """A counter that grows only while it is broken."""
    return 10.0 * max(0, min(minute, MENDED) - BROKEN)


CHECKS = (
    *("another", "backups", "chat lists", "clock", "commands", "database", "discord", "disk"),
    *("fanvue keys", "live events", "refusals", "restored", "servers", "tasks", "webhook secret"),
)
CALLS = 'bridge_call_seconds_{}{{side="fanvue",call="read",outcome="{}"{}}}'
LAG = 'bridge_relay_lag_seconds_bucket{{le="{}"}}'
CALM: Series = {
    'bridge_build_info{version="1"}': lambda _minute: 1.0,
    **{f'bridge_check_failed{{check="{name}"}}': lambda _minute: 0.0 for name in CHECKS},
    "bridge_oldest_waiting_fan_seconds": lambda _minute: 60.0,
    "bridge_sign_ins_ended": lambda _minute: 0.0,
    "bridge_gateway_sessions_missing": lambda _minute: 0.0,
    "bridge_token_end_timestamp_seconds": lambda minute: minute * 60.0 + 600,
    "bridge_backup_offsite_timestamp_seconds": lambda minute: minute * 60.0,
    LAG.format("5.0"): grows,
    LAG.format("15.0"): grows,
    LAG.format("+Inf"): grows,
    **{CALLS.format("bucket", "ok", f',le="{le}"'): grows for le in ("5.0", "10.0", "+Inf")},
    CALLS.format("count", "ok", ""): grows,
}
# Of each alert: what is then otherwise, until how many minutes later none fires, and after how many it does.
ILL: dict[str, tuple[Series, int, int]] = {
    "BridgeDown": ({name: broken(lambda _minute: None, at) for name, at in CALM.items()}, 4, 6),
    "BridgeFailing": ({'bridge_check_failed{check="database"}': becomes(1.0)}, 4, 6),
    "BridgeDegraded": ({'bridge_check_failed{check="backups"}': becomes(1.0)}, 14, 16),
    "BridgeTaskCrashes": (
        {'bridge_task_crashes_total{task="sweeps"}': becomes(3.0, None)},
        -1,
        1,
    ),
    "BridgeRowsForged": ({'bridge_rights_refused_total{table="links"}': becomes(1.0, None)}, -1, 1),
    "BridgeGatewayMissing": ({"bridge_gateway_sessions_missing": becomes(1.0)}, 4, 6),
    "BridgeRelaySlow": ({LAG.format("5.0"): flat}, 9, 15),
    "BridgeCallsFail": (
        {CALLS.format("count", "ok", ""): flat, CALLS.format("count", NO_ANSWER, ""): only_then},
        9,
        20,
    ),
    "BridgeCallsSlow": ({CALLS.format("bucket", "ok", ',le="5.0"'): flat}, 9, 15),
    "BridgeSignInsEnded": ({"bridge_sign_ins_ended": becomes(1.0)}, 14, 16),
    "BridgeTokensNotRenewed": (
        {
            "bridge_token_end_timestamp_seconds": broken(
                lambda _minute: BROKEN * 60.0, lambda minute: minute * 60.0 + 600
            )
        },
        74,
        77,
    ),
    "BridgeFanWaits": ({"bridge_oldest_waiting_fan_seconds": becomes(50_000.0, 60.0)}, 14, 16),
    "BridgeBackupNotElsewhere": (
        {"bridge_backup_offsite_timestamp_seconds": lambda minute: 60.0 if minute < LONG else minute * 60.0},
        TWO_DAYS - BROKEN + 15,
        TWO_DAYS - BROKEN + 20,
    ),
}


def of_each_instance(series: Series) -> Series:
    """Each process says it; of no alert this makes two."""
    return {
        f'{name.removesuffix("}")}{"," if "{" in name else "{"}instance="{one}"}}': at
        for name, at in series.items()
        for one in INSTANCES
    }


@needs_promtool
@pytest.mark.parametrize("alert", ILL)
def test_an_alert_fires_once_while_its_condition_holds_and_not_otherwise(alert: str, tmp_path: Path) -> None:
    change, quiet, by = ILL[alert]
    mended = max(MENDED, LONG if by > MENDED else 0)

    firing(
        tmp_path,
        of_each_instance({**CALM, **change}),
        {BROKEN - 1: None, BROKEN + quiet: None, BROKEN + by: alert, mended + 30: None},
    )


@needs_promtool
def test_while_all_is_well_nothing_fires(tmp_path: Path) -> None:
    firing(tmp_path, of_each_instance(CALM), dict.fromkeys((5, 60, 399)))


@needs_promtool
def test_a_check_that_nobody_can_make_out_now_fires_nothing(tmp_path: Path) -> None:
    unknown = dict.fromkeys(
        ("bridge_oldest_waiting_fan_seconds", "bridge_sign_ins_ended", "bridge_token_end_timestamp_seconds"),
        becomes(float("nan")),
    )

    firing(tmp_path, of_each_instance({**CALM, **unknown}), {BROKEN + 150: None})


@needs_promtool
def test_every_expression_is_one(tmp_path: Path) -> None:
    shown = [expression for found in panels().values() for expression in found]
    records = [{"record": f"panel:{number}", "expr": one} for number, one in enumerate(shown)]
    file = tmp_path / "panels.json"
    file.write_text(json.dumps({"groups": [{"name": "panels", "rules": records}]}), encoding="ascii")

    assert f"{len(rules())} rules found" in promtool("check", "rules", str(RULES))
    assert f"{len(shown)} rules found" in promtool("check", "rules", str(file))


def test_each_alert_is_proven_and_says_how_soon_and_what() -> None:
    text = RULES.read_text(encoding="utf-8")

    assert list(rules()) == list(ILL)
    assert text.count("- alert:") == len(rules())
    assert len(re.findall(r"severity: (?:page|ticket)\}", text)) == len(rules())
    assert len(re.findall(r"^          summary: \S", text, re.MULTILINE)) == len(rules())


def test_the_dashboard_has_a_panel_for_each_place_and_one_source() -> None:
    board = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    cells = [
        (x, y)
        for panel in board["panels"]
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]

    assert len(cells) == len(set(cells)), "panels lie on each other"
    assert max(x for x, _y in cells) < 24
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"]) == len(panels())
    assert {panel["datasource"]["uid"] for panel in board["panels"]} == {"${datasource}"}


def named(expression: str) -> set[str]:
    return set(re.findall(r"\bbridge_\w+", expression))


async def test_every_figure_and_check_that_is_named_exists_in_the_running_bridge(tmp_path: Path) -> None:
    async with (
        staged(tmp_path, WarmProgram, speed=SPEED, seed=7, **settings_in(tmp_path)) as stage,
        aiohttp.ClientSession() as http,
        http.get(f"http://{stage.bridge.admin}/metrics") as answer,
    ):
        printed = await answer.text()

    kinds = dict(re.findall(r"^# TYPE (\w+) (\w+)$", printed, re.MULTILINE))
    there = set(kinds) | {
        f"{name}{end}"
        for name, kind in kinds.items()
        if kind == "histogram"
        for end in ("_bucket", "_count", "_sum")
    }
    wanted = [*rules().values(), *(one for found in panels().values() for one in found)]
    assert sorted(set().union(*map(named, wanted)) - there) == []
    checks = set(re.findall(r'^bridge_check_failed\{check="([^"]+)"\}', printed, re.MULTILINE))
    watched = re.findall(r'check=~"([^"]+)"', "".join(rules().values()))
    assert sorted("|".join(watched).split("|")) == sorted(checks) == sorted(CHECKS)
    outcomes = {outcome_of(status) for status in (200, 302, 404, 429, 503)} | {NO_ANSWER}
    assert set(re.findall(r'outcome=~"([^"]+)"', "".join(wanted))[0].split("|")) <= outcomes
