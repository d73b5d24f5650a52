"""Signed webhooks at a steady rate, and how long each one waited for its answer.

    python -m benchmarks.webhooks URL SECRET CREATOR RATE SECONDS

Prints the waits as JSON. The rounds that compare run it as a process of its own (`send_apart`): a sender on
the stand-ins' loop would wait for them, and the receiver would be blamed.
"""

import asyncio
import json
import sys
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

import aiohttp

from bot.fanvue.signature import HEADER, sign

_AT_ONCE = 512  # connections; more waiting than that shows in the latency, not in the number of sockets


@dataclass
class WebhookAnswers:
    """What came back: the waits in seconds, and how often which status."""

    waits: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0

    def __add__(self, more: "WebhookAnswers") -> "WebhookAnswers":
        """Both together."""
        return WebhookAnswers(
            self.waits + more.waits, self.statuses + more.statuses, self.seconds + more.seconds
        )

    def figures(self) -> dict[str, float]:
        """Rate, median, 99th percentile and the longest wait; how many were not answered with 200."""
        waits = sorted(self.waits)
        return {
            "sent": len(waits),
            "per_second": round(len(waits) / self.seconds, 1),
            "p50_ms": millis(waits[len(waits) // 2]),
            "p99_ms": millis(waits[len(waits) * 99 // 100]),
            "longest_ms": millis(waits[-1]),
            "refused": len(waits) - self.statuses[200],
        }


def message(creator: str, fan: int, number: int) -> bytes:
    """The body of a webhook that tells of a fan's message; no two are alike."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    data = {
        "object": "message",
        "uuid": str(uuid.uuid4()),
        "sender": "fan",
        "created_at": now,
        "deleted_at": None,
        "text": f"Message {number}, about as long as what people write to each other in an evening.",
        "unread_messages_count": 1,
        "is_muted": False,
        "is_automated": False,
        "message_type": "SINGLE_RECIPIENT",
        "fan": {
            "uuid": f"3b6a2c9e-54c1-4d1a-8e57-{fan:012d}",
            "handle": f"fan-{fan}",
            "display_name": f"Fan {fan}",
            "avatar_url": None,
        },
        "creator": {"uuid": creator},
    }
    event = {"id": str(uuid.uuid4()), "type": "creator.message.received", "timestamp": now, "data": data}
    return json.dumps(event).encode()


async def send(
    url: str, secret: str, creator: str, *, rate: float, seconds: float, fans: int = 50, stride: int = 1
) -> WebhookAnswers:
    """Send on a fixed timetable, whatever the answers do.

    A wait is counted from the moment in the timetable: a receiver that stalls delays nobody's start, and
    what it keeps waiting is seen.
    """
    answers = WebhookAnswers()
    connector = aiohttp.TCPConnector(limit=_AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as tasks:
        began = time.perf_counter()
        for number in range(int(rate * seconds)):
            due = began + number / rate
            await asyncio.sleep(max(due - time.perf_counter(), 0))
            body = message(creator, number * stride % fans, number)
            tasks.create_task(_post(session, url, sign(body, secret, int(time.time())), body, due, answers))
    answers.seconds = time.perf_counter() - began
    return answers


async def send_apart(url: str, secret: str, creator: str, *, rate: float, seconds: float) -> WebhookAnswers:
    """The same, by a process that does nothing else."""
    sender = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "benchmarks.webhooks", url, secret, creator, str(rate), str(seconds)),
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await sender.communicate()
    found = json.loads(told)
    return WebhookAnswers(found["waits"], Counter(found["statuses"]), found["seconds"])


async def _post(
    session: aiohttp.ClientSession, url: str, signature: str, body: bytes, due: float, answers: WebhookAnswers
) -> None:
    async with session.post(
        url, data=body, headers={HEADER: signature, "Content-Type": "application/json"}
    ) as got:
        await got.read()
    answers.waits.append(time.perf_counter() - due)
    answers.statuses[got.status] += 1


def millis(seconds: float) -> float:
    """Milliseconds with two digits."""
    return round(seconds * 1000, 2)


def main() -> None:
    """Send and print."""
    url, secret, creator, rate, seconds = sys.argv[1:]
    answers = asyncio.run(send(url, secret, creator, rate=float(rate), seconds=float(seconds)))
    statuses = list(answers.statuses.elements())
    told = {"waits": answers.waits, "statuses": statuses, "seconds": answers.seconds}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
