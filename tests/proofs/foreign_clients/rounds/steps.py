"""What the rounds in Python have in common: steps, the person, one line of JSON."""

import asyncio
import json
import os
import urllib.request
from collections.abc import Awaitable, Callable
from typing import Any

SECONDS = 20.0
API, TOKEN = os.environ["CLIENT_API"] + "/v10", os.environ["CLIENT_TOKEN"]
LOBBY, GUILD, PERSON = (int(os.environ[f"CLIENT_{name}"]) for name in ("LOBBY", "GUILD", "PERSON"))
APPLICATION = int(os.environ["CLIENT_APPLICATION"])


def must(fact: object, what: str) -> None:
    """It has to be so."""
    if not fact:
        raise AssertionError(f"not so: {what}")


class Played:
    """What was done, and what went wrong."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.done: list[str] = []
        self.failures: list[dict[str, str]] = []

    async def step(self, name: str, deed: Callable[[], Awaitable[None]]) -> None:
        """One step; what it raises is a failure, and the next ones go on."""
        try:
            await asyncio.wait_for(deed(), SECONDS)
        except Exception as error:
            self.failures.append({"step": name, "problem": f"{type(error).__name__}: {error}"[:600]})
        else:
            self.done.append(name)

    def say(self) -> None:
        """Print it."""
        print(json.dumps({"done": self.done, "failures": self.failures}), flush=True)


async def person(deed: str, **body: Any) -> Any:
    """The person does something in their own client."""
    return await asyncio.to_thread(_asked, deed, body)


def _asked(deed: str, body: dict[str, Any]) -> Any:
    url = f"{os.environ['CLIENT_CONTROL']}/people/{PERSON}/{deed}"
    with urllib.request.urlopen(urllib.request.Request(url, json.dumps(body).encode())) as answer:
        return json.load(answer)
