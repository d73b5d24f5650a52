"""A fan's line goes to Discord before cards, which are not forgotten either."""

import asyncio

from bot.discord.request_pace import RequestPace
from bot.engine.urgency import as_urgent_as
from storage.records import Stream
from tests.discord.paced_calls import CallPaceClock


class SlowClock(CallPaceClock):
    """Whoever sleeps until a moment wakes when it has come; the clock goes on by the next of them."""

    def __init__(self) -> None:
        super().__init__()
        self._sleeping: list[tuple[float, asyncio.Event]] = []

    async def sleep(self, seconds: float) -> None:
        awake = asyncio.Event()
        self._sleeping.append((self.now + seconds, awake))
        await awake.wait()

    async def until_all_have_gone(self) -> None:
        while True:
            for _ in range(20):
                await asyncio.sleep(0)
            if not self._sleeping:
                return
            self._sleeping.sort(key=lambda one: one[0])
            at, awake = self._sleeping.pop(0)
            self.now = max(self.now, at)
            awake.set()


async def called(pace: RequestPace, watch: SlowClock, stream: str, out: list[tuple[str, float]]) -> None:
    with as_urgent_as(Stream(stream)):
        await pace.turn()
    out.append((stream, watch.now - 100.0))


async def test_a_line_goes_before_all_cards_that_wait() -> None:
    watch = SlowClock()
    pace, out = RequestPace(monotonic=watch, sleep=watch.sleep), list[tuple[str, float]]()
    calls = [asyncio.create_task(called(pace, watch, f"cd:luna:{n}", out)) for n in range(100)]
    await asyncio.sleep(0)
    calls.append(asyncio.create_task(called(pace, watch, "dc:luna:nora", out)))
    await watch.until_all_have_gone()
    await asyncio.gather(*calls)

    lines = [(place, at) for place, (stream, at) in enumerate(out) if stream.startswith("dc")]
    assert len(out) == 101
    ((place, at),) = lines
    assert place <= 8  # so many cards went at once, before it
    assert at < 0.05


async def test_a_card_is_not_forgotten_however_many_lines_come() -> None:
    watch = SlowClock()
    pace, out = RequestPace(monotonic=watch, sleep=watch.sleep), list[tuple[str, float]]()
    calls = [asyncio.create_task(called(pace, watch, f"dc:luna:{n}", out)) for n in range(90)]
    await asyncio.sleep(0)
    calls.append(asyncio.create_task(called(pace, watch, "cd:luna:nora", out)))
    for second in range(1, 12):  # as many as there are turns, and some more
        calls += [
            asyncio.create_task(_later(pace, watch, f"dc:luna:{second}:{n}", out, second)) for n in range(50)
        ]
    await watch.until_all_have_gone()
    await asyncio.gather(*calls)

    (at,) = [at for stream, at in out if stream.startswith("cd")]
    before = [stream for stream, gone in out if gone < at]
    assert not any(
        stream.startswith(("dc:luna:6", "dc:luna:7")) for stream in before if stream.count(":") == 3
    )
    assert any(stream.startswith("dc:luna:5:") for stream in before)  # those of five seconds come first
    assert len(out) == 641


async def _later(
    pace: RequestPace, watch: SlowClock, stream: str, out: list[tuple[str, float]], second: int
) -> None:
    await watch.sleep(100.0 + second - watch.now)
    await called(pace, watch, stream, out)


async def test_a_call_that_is_cancelled_gives_its_turn_to_the_next() -> None:
    watch = SlowClock()
    pace, out = RequestPace(monotonic=watch, sleep=watch.sleep), list[tuple[str, float]]()
    calls = [asyncio.create_task(called(pace, watch, f"dc:luna:{n}", out)) for n in range(12)]
    await asyncio.sleep(0)
    calls[8].cancel()
    await watch.until_all_have_gone()
    await asyncio.gather(*calls, return_exceptions=True)

    assert [stream for stream, _at in out] == [f"dc:luna:{n}" for n in range(12) if n != 8]
