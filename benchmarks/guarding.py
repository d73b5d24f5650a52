"""How long the guard reads an everyday reply, the longest message, a hostile one.

    python -m benchmarks.guarding [--json] [--rounds N]

`steps` is the same on every machine; the times, of the processor, are not. `ratio` is the longest message
against a reply, each for one sign: it stays near 1 as long as the cost grows with the length alone.
"""

import argparse
import json
import statistics
import sys
import time

from bot.features.inbox.guard.detection import find

REPLY = "hey babe, how was your day? i was thinking of you, and my new video is $15 tonight, 5 min long 😘"
LONGEST = (REPLY + "\n") * 60
TEXTS = {"reply": REPLY, "longest": LONGEST[:5_000], "hostile": ("p*a*l1|!" * 700)[:5_000]}


def measured(text: str, rounds: int) -> dict[str, float]:
    """Median and longest time of one text, in milliseconds, and its steps."""
    took = []
    for _ in range(rounds):
        began = time.process_time()
        find(text)
        took.append((time.process_time() - began) * 1_000)
    steps = find(text).steps
    return {
        "signs": len(text),
        "steps": steps,
        "p50_ms": round(statistics.median(took), 3),
        "longest_ms": round(max(took), 3),
    }


def main(argv: list[str] | None = None) -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=30)
    given = parser.parse_args(argv)
    find("")  # the words of the rules are put together once
    result = {name: measured(text, given.rounds) for name, text in TEXTS.items()}
    a_sign = {name: figures["p50_ms"] / figures["signs"] for name, figures in result.items()}
    ratio = round(a_sign["longest"] / a_sign["reply"], 2)
    if given.json:
        sys.stdout.write(json.dumps({**result, "ratio": ratio}) + "\n")
        return 0
    for name, figures in result.items():
        sys.stdout.write(f"{name:8} {figures}\n")
    sys.stdout.write(f"ratio    {ratio}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
