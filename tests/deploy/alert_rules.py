"""The rules and the dashboard of `deploy/`, read; and promtool, asked about them."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tests.architecture.source_tree import TOP

RULES: Final = TOP / "deploy" / "prometheus" / "rules.yml"
DASHBOARD: Final = TOP / "deploy" / "grafana" / "dashboard.json"
PROMTOOL: Final = shutil.which("promtool")

Value = float | None  # None: the bridge says nothing then
Series = Mapping[str, Callable[[int], Value]]  # by its name and labels, the value at each minute


def rules() -> dict[str, str]:
    """Each alert with its expression, one line each."""
    text = RULES.read_text(encoding="utf-8")
    return dict(re.findall(r"^      - alert: (\w+)\n        expr: (.+)$", text, re.MULTILINE))


def panels() -> dict[str, list[str]]:
    """Each panel with its expressions, as they are for an interval of five minutes."""
    found = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    return {
        panel["title"]: [target["expr"].replace("$__rate_interval", "5m") for target in panel["targets"]]
        for panel in found
    }


def promtool(*arguments: str) -> str:
    """What it prints; the assertion of its success shows that."""
    assert PROMTOOL is not None
    done = subprocess.run([PROMTOOL, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def firing(folder: Path, series: Series, expected: Mapping[int, str | None]) -> None:
    """Assert which one alert fires at each of these minutes, once; None: not a single one does."""
    file = folder / "rules_test.json"  # JSON is YAML, too
    test = {
        "interval": "1m",
        "input_series": [
            {"series": name, "values": " ".join(_written(at(minute)) for minute in range(max(expected) + 1))}
            for name, at in series.items()
        ],
        "promql_expr_test": [
            {
                "expr": 'count by (alertname) (ALERTS{alertstate="firing"})',
                "eval_time": f"{minute}m",
                "exp_samples": [] if name is None else [{"labels": f'{{alertname="{name}"}}', "value": 1}],
            }
            for minute, name in expected.items()
        ],
    }
    body = {"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": [test]}
    file.write_text(json.dumps(body), encoding="ascii")
    promtool("test", "rules", str(file))


def _written(value: Value) -> str:
    return "stale" if value is None else f"{value}"
