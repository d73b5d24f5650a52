"""Holds the coverage of three folders to its floor, branches included."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

FLOOR: Final = 90.0
FOLDERS: Final = ("storage", "bot/engine", "bot/relay", "bot/features/people/accounts")
# They need a PostgreSQL server to do anything; where there is none, nothing of them was run at all.
NEED_A_SERVER: Final = {
    f"storage/engine/{name}.py"
    for name in (
        "connections",
        "database_owner",
        "postgres",
        "postgres_server",
        "postgres_session",
        "postgres_site",
    )
}


def shares(report: Mapping[str, Any]) -> dict[str, float]:
    """Per folder: covered lines and branches as a share of all of them, in percent."""
    found = {}
    files = report["files"]
    summary = files.get("storage/engine/postgres.py", {}).get("summary")
    driven = summary is not None and 2 * summary["covered_lines"] > summary["num_statements"]
    for folder in FOLDERS:
        summaries = [
            f["summary"]
            for name, f in files.items()
            if name.startswith(f"{folder}/") and (driven or name not in NEED_A_SERVER)
        ]
        covered = sum(one["covered_lines"] + one["covered_branches"] for one in summaries)
        whole = sum(one["num_statements"] + one["num_branches"] for one in summaries)
        found[folder] = 100 * covered / whole if whole else 0.0
    return found


def main(path: Path) -> int:
    """Print one line a folder; 1 if any is below the floor."""
    found = shares(json.loads(path.read_text(encoding="utf-8")))
    for folder, share in found.items():
        print(f"floor {FLOOR:.0f} %: {folder:14} {share:5.1f} % {'ok' if share >= FLOOR else 'TOO LOW'}")
    return int(min(found.values()) < FLOOR)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
