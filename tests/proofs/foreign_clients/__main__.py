"""`python -m tests.proofs.foreign_clients`: other clients, round by round."""

import argparse
import asyncio
import json
import sys

from tests.proofs.foreign_clients.client_round import outcome
from tests.proofs.foreign_clients.clients import CLIENTS


async def _all(wanted: list[str], *, quiet: bool) -> int:
    found = {}
    for client in CLIENTS:
        if wanted and client.name not in wanted:
            continue
        told = found[client.name] = await outcome(client)
        if not quiet:
            print(client.name, client.version, told.get("skipped") or ", ".join(told["done"]))
            for failure in told.get("failures", []):
                print("  ", failure["step"], failure["problem"])
    print(json.dumps(found))
    return int(any(told.get("failures") for told in found.values()))


def main() -> int:
    """1 if a client met something that it did not expect; a client that is not here fails nothing."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.foreign_clients", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one line of JSON and nothing else")
    parser.add_argument("--only", action="append", default=[], help="the name of a client, more than once")
    asked = parser.parse_args()
    return asyncio.run(_all(asked.only, quiet=asked.json))


if __name__ == "__main__":
    sys.exit(main())
