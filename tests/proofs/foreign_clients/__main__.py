"""`python -m tests.proofs.foreign_clients`: others' clients, round by round."""

import argparse
import asyncio
import json
import sys
from typing import Any

from tests.proofs.foreign_clients.client_round import outcome
from tests.proofs.foreign_clients.clients import CLIENTS


async def _all(wanted: list[str], *, quiet: bool) -> int:
    found = {}
    for client in CLIENTS:
        if wanted and client.name not in wanted:
            continue
        told = found[client.name] = await outcome(client)
        if not quiet:
            print(client.name, client.version, told.get("skipped") or _in_short(told))
            for failure in told.get("unexplained", []):
                print("  ", failure["step"], failure["problem"])
    print(json.dumps(found))
    return int(any(told.get("unexplained") for told in found.values()))


def _in_short(told: dict[str, Any]) -> str:
    if "done" in told:
        return ", ".join(told["done"])
    return f"{told['operations']} operations, {told.get('requests', 0)} requests, {told['explained']}"


def main() -> int:
    """1 if a client met something that it did not expect; a client that is not here fails nothing."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.foreign_clients", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one line of JSON and nothing else")
    parser.add_argument("--only", action="append", default=[], help="the name of a client, more than once")
    asked = parser.parse_args()
    return asyncio.run(_all(asked.only, quiet=asked.json))


if __name__ == "__main__":
    sys.exit(main())
