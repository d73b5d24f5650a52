"""The disk that loses its power keeps what it must, and may lose all else."""

import random
from collections.abc import Iterator

from tests.proofs.powercut.disk_model import DiskModel
from tests.proofs.powercut.disk_recording import DiskOperation

_OLD = b"o" * 4096
_NEW = b"n" * 1024


def outcomes(*ops: DiskOperation) -> Iterator[dict[str, bytes]]:
    """What may be there after these, cut 200 times."""
    disk = DiskModel()
    for op in ops:
        disk.apply(op)
    rng = random.Random(5)  # noqa: S311 - repeatable on purpose
    for _ in range(200):
        yield disk.survives(rng)


def made(name: bytes, file: int = 1) -> DiskOperation:
    return DiskOperation("C", file, 0, name)


def wrote(data: bytes, at: int = 0) -> DiskOperation:
    return DiskOperation("W", 1, at, data)


SYNC = DiskOperation("S", 1, 0, b"")
SYNC_NAMES = DiskOperation("D", 0, 0, b"")


def test_what_was_synced_with_its_name_is_always_there() -> None:
    found = list(outcomes(made(b"a"), wrote(_OLD), SYNC, SYNC_NAMES))

    assert found == [{"a": _OLD}] * 200


def test_a_name_that_was_not_synced_may_be_gone_with_all_its_content() -> None:
    found = list(outcomes(made(b"a"), wrote(_OLD), SYNC))

    assert {} in found
    assert {"a": _OLD} in found


def test_a_rename_is_whole_or_not_at_all() -> None:
    found = list(outcomes(made(b"a"), wrote(_OLD), SYNC, SYNC_NAMES, DiskOperation("R", 1, 0, b"a/b")))

    assert {tuple(files) for files in found} == {("a",), ("b",)}


def test_a_write_that_was_not_synced_is_torn_and_harms_nothing_beside_it() -> None:
    found = [files["a"] for files in outcomes(made(b"a"), wrote(_OLD), SYNC, SYNC_NAMES, wrote(_NEW, 512))]

    assert {content[:512] + content[1536:] for content in found} == {b"o" * 3072}
    assert {len(content) for content in found} == {4096}
    assert _OLD in found  # lost whole
    assert len(set(found)) > 50  # torn in many ways


def test_a_length_may_arrive_without_its_bytes() -> None:
    found = [
        files["a"]
        for files in outcomes(
            made(b"a"), wrote(_OLD), SYNC, SYNC_NAMES, wrote(_NEW, 4096), DiskOperation("T", 1, 8192, b"")
        )
    ]

    assert _OLD + bytes(4096) in found
    assert all(content.startswith(_OLD) for content in found)
