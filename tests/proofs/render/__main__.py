"""`python -m tests.proofs.render --texts N`: strangers' words as Discord has them."""

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor

from tests.progress import Progress
from tests.proofs.render.render_run import render, written
from tests.proofs.render.text_judge import RenderScore

_SHARES = 20  # pieces of work, handed to both cores
_CORES = 2


def part(work: tuple[int, int, int]) -> RenderScore:
    """One share of the texts, in a process of its own."""
    seed, number, share = work
    return render(written(seed, number, share=share, of=_SHARES), seed)


def main() -> int:
    """0 only if no text of so many did anything but stand there whole."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.render")
    parser.add_argument("--texts", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    say, whole = Progress(), RenderScore()
    shares = [options.texts // _SHARES + (n < options.texts % _SHARES) for n in range(_SHARES)]
    work = [(options.seed * 1_000 + n, share, n) for n, share in enumerate(shares)]
    with ProcessPoolExecutor(_CORES) as pool:
        for score in pool.map(part, work):
            whole.join(score)
            say.now_and_then(f"{whole.texts} texts")
    for what, example in whole.examples[:20]:
        print(f"{what}: {example!r}", file=sys.stderr)
    figures = whole.figures | {"seconds": say.seconds}
    print(json.dumps(figures) if options.json else figures)
    return 0 if whole.good and whole.texts == options.texts else 1


if __name__ == "__main__":
    sys.exit(main())
