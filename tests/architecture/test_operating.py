"""The operator's page names every figure, every check, and commands that exist."""

import re

import pytest

from bot.access.roles import ALLOWS, Permission, TeamRole
from bot.cli.main import _parser
from bot.engine.metrics import BridgeMetrics
from tests.architecture.source_tree import TOP

PAGE = (TOP / "docs" / "operating.md").read_text(encoding="utf-8")
WIRED = ("app/program.py", "app/web.py", "features/operations/problems/feature.py")
WIRING = "".join((TOP / "bot" / name).read_text(encoding="utf-8") for name in WIRED)


def test_every_figure_is_explained() -> None:
    figures = re.findall(r"^# HELP (\w+)", BridgeMetrics().text().decode(), re.MULTILINE)

    assert [name for name in figures if f"`{name}" not in PAGE and not name.endswith("_created")] == []


def test_every_check_of_readyz_is_explained() -> None:
    checks = re.findall(
        r'"([a-z ]+)": (?:[\w.]+\.(?:\w*probe|ready|degraded)|accepted|writable|roomy)\b', WIRING
    )

    assert len(checks) >= 7
    assert [name for name in checks if f"| `{name}`" not in PAGE] == []


def test_who_looks_through_the_vault_is_said_as_it_is() -> None:
    (said,) = re.findall(r"^`/media browse` lists the vault for (.*?)unless", PAGE, re.MULTILINE)

    assert {role for role in TeamRole if f"{role}" in said} == {
        role for role in TeamRole if Permission.MEDIA in ALLOWS[role]
    }


@pytest.mark.parametrize("command", sorted(set(re.findall(r"\./run ([a-z]+)", PAGE))))
def test_its_commands_exist(command: str) -> None:
    script = (TOP / "run").read_text(encoding="utf-8")  # which has some of its own
    known = f"{_parser().format_help()} ".replace("\n", " ")
    assert f" {command} " in known or f"#   ./run {command} " in script
