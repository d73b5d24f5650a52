"""The next file to go up: a share of the places for each creator (pure)."""

from collections.abc import Mapping, Sequence

from storage.publishing.uploads import UploadRecord
from storage.records import CreatorId


def chosen(
    waiting: Sequence[UploadRecord],
    under_way: Sequence[CreatorId],
    served: Mapping[CreatorId, int],
    free: int,
) -> list[UploadRecord]:
    """At most `free` of the waiting uploads, given oldest first.

    A place goes to the creator who has the fewest, then to the one `served` (the number of a turn)
    longest ago, then to the one with the oldest file.
    """
    lines: dict[CreatorId, list[UploadRecord]] = {}
    for upload in waiting:
        lines.setdefault(upload.creator, []).append(upload)
    has = {creator: list(under_way).count(creator) for creator in lines}
    found: list[UploadRecord] = []
    while lines and len(found) < free:
        creator = min(lines, key=lambda one: (has[one], served.get(one, 0), lines[one][0].made, one))
        found.append(lines[creator].pop(0))
        has[creator] += 1
        if not lines[creator]:
            del lines[creator]
    return found


def unserved(waiting: Sequence[UploadRecord], under_way: Sequence[CreatorId]) -> set[CreatorId]:
    """Creators who wait and have no place at all."""
    return {upload.creator for upload in waiting} - set(under_way)
