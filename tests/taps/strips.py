"""The steps of each deed side by side: the pictures of docs/chatting.md."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from tests.taps.thumb import HEIGHT, WIDTH

_GAP = 12
_QUALITY = 80


def write_strips(pictures: Path, names: Sequence[str], into: Path) -> None:
    """One WebP for each name in `into`, of the light pictures that `Thumb` left in `pictures`."""
    into.mkdir(parents=True, exist_ok=True)
    for name in names:
        steps = sorted(pictures.glob(f"{name}-*-light.png"), key=_number)
        strip = Image.new("RGB", (len(steps) * (WIDTH + _GAP) - _GAP, HEIGHT), "white")
        for place, step in enumerate(steps):
            with Image.open(step) as taken:
                strip.paste(taken.convert("RGB").resize((WIDTH, HEIGHT)), (place * (WIDTH + _GAP), 0))
        strip.save(into / f"{name.replace('_', '-')}.webp", "WEBP", quality=_QUALITY, method=6)


def _number(step: Path) -> int:
    return int(step.stem.split("-")[1])
