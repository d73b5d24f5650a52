"""One creator's files never keep another's waiting: the places are shared."""

import asyncio

from bot.features.publishing.uploads.share_rules import chosen, unserved
from bot.features.publishing.uploads.tasks import UploadRunner
from storage.publishing.uploads import OVER, UploadRecord
from storage.records import CreatorId
from tests.features.publishing.uploads.uploads_scenario import PART, UploadsScenario

A, B, C, D = (CreatorId(f"creator-{letter}") for letter in "abcd")


def waits(creator: CreatorId, made: int) -> UploadRecord:
    return UploadRecord(f"{creator}-{made}", creator, None, 1, made, b"")


def ids(found: list[UploadRecord]) -> list[str]:
    return [one.id.removeprefix("creator-") for one in found]


def test_a_place_goes_to_who_has_the_fewest_then_was_served_longest_ago_then_is_oldest() -> None:
    line = [waits(A, 1), waits(A, 2), waits(A, 3), waits(B, 4), waits(C, 5)]

    assert ids(chosen(line[:3], [], {}, 3)) == ["a-1", "a-2", "a-3"], "alone, all places"
    assert ids(chosen(line, [], {}, 3)) == ["a-1", "b-4", "c-5"]
    assert ids(chosen(line, [A, A], {}, 1)) == ["b-4"]
    assert ids(chosen(line, [A, B], {}, 1)) == ["c-5"]
    assert ids(chosen(line, [], {A: 7, B: 6}, 2)) == ["c-5", "b-4"]
    assert chosen(line, [A, A, A], {}, 0) == []
    assert unserved(line, [A, D]) == {B, C}


async def test_more_creators_than_places_all_come_further_however_long_their_files_are(
    dock: UploadsScenario,
) -> None:
    """Without giving way between two parts the fourth begins when somebody's first file has ended."""
    creators = [CreatorId(f"8d1f0c52-0000-4000-8000-00000000000{number}") for number in range(5)]
    files = [
        await dock.take(dock.file(f"{number}.mp4", 6 * PART, seed=number), None, creator)
        for number, creator in enumerate(creators)
    ]
    running = UploadRunner(database=dock.database, carrying=dock.carrying, clock=dock.clock, divisor=1000)
    going = asyncio.create_task(running.run(lambda: None))

    await all_over(dock, files)
    going.cancel()
    await asyncio.wait({going})

    assert {(await dock.row(file)).state for file in files} == {"done"}
    sent = [str((await dock.row(file)).upload) for file in files]
    parts = [str(entry["upload"]) for entry in dock.evening.server.ledger.of("part")]
    begins, ends = [parts.index(one) for one in sent], [last(parts, one) for one in sent]
    assert max(begins) < min(ends), "all five are on their way before the first file has ended"


async def all_over(dock: UploadsScenario, files: list[str]) -> None:
    """Return once each is over."""
    while True:
        rows = [await dock.row(file) for file in files]
        if all(row.state in OVER for row in rows):
            return
        dock.clock.at = max(dock.clock.at, *(row.due for row in rows))  # whatever Fanvue asked to wait for
        await dock.changed.wait()
        dock.changed.clear()


def last(parts: list[str], one: str) -> int:
    return len(parts) - 1 - parts[::-1].index(one)
