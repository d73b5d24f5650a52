"""The round of schemathesis: right and wrong requests from the contract."""

import base64
import collections
import json
import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(os.environ["CLIENT_FOLDER"])
REPORT = FOLDER / "report.ndjson"
LONGEST = 2000
LEAST = 5000


def run() -> str:
    """Play it; what it has to say is in the report."""
    REPORT.unlink(missing_ok=True)
    asked = [
        *("run", os.environ["CLIENT_CONTRACT"], "--url", os.environ["CLIENT_API"]),
        *("--header", f"Authorization: Bearer {os.environ['CLIENT_TOKEN']}"),
        *("--seed", "1", "--max-examples", "8", "--phases", "examples,coverage,fuzzing"),
        *("--generation-database", "none", "--no-shrink", "--continue-on-failure", "--no-color"),
        *("--report", "ndjson", "--report-ndjson-path", str(REPORT)),
    ]
    ended = subprocess.run(
        [str(Path(sys.executable).parent / "st"), *asked],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.stdout + ended.stderr


def text_of(part: dict | None) -> str:
    """A body as text."""
    raw = ((part or {}).get("content") or {}).get("$base64", "")
    return base64.b64decode(raw).decode(errors="replace")[:LONGEST]


def read() -> dict:
    """What was asked and answered, and what the checks did not like."""
    statuses: collections.Counter[str] = collections.Counter()
    operations, failures = set(), []
    for line in REPORT.read_text().splitlines():
        recorder = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
        told = recorder.get("interactions", {})
        operations |= {recorder["label"]} if told else set()
        statuses.update(str((one["response"] or {}).get("status_code")) for one in told.values())
        for case, checks in recorder.get("checks", {}).items():
            failed = [check for check in checks if check["status"] == "failure"]
            failures += [failure(recorder["label"], check, told[case]) for check in failed]
    requests = sum(statuses.values())
    if requests < LEAST:
        failures.append({"step": "round", "problem": f"only {requests} requests"})
    return {"requests": requests, "statuses": statuses, "done": sorted(operations), "failures": failures}


def failure(operation: str, check: dict, told: dict) -> dict:
    """One dislike, with all that is needed to judge it."""
    return {
        "step": operation,
        "check": check["name"],
        "method": told["request"]["method"],
        "address": told["request"]["uri"].removeprefix(os.environ["CLIENT_API"]),
        "status": (told["response"] or {}).get("status_code"),
        "body": text_of({"content": told["request"].get("body")}),
        "answer": text_of(told["response"]),
        "problem": check["failure_info"]["failure"]["message"][:300],
    }


said = run()
if not REPORT.exists():
    sys.exit(said[-600:])
print(json.dumps(read()))
