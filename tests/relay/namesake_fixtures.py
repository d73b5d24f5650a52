"""Somebody beside Emma: named otherwise, alike, or in look-alike letters."""

import pytest

from storage.database import Database
from storage.inbox import fans
from storage.records import CreatorId, Fan, FanId
from tests.relay.relay_scenario import CREATOR

BESIDE = FanId("5a11beef-0000-4000-8000-000000000001")
DIGITS = " · 3b6a"  # of Emma's id
# Of each: the other's handle and name, and what stands behind Emma's in a list.
NAMESAKES = pytest.mark.parametrize(
    ("handle", "name", "digits"),
    [("zoe", "Zoe", ""), ("other-emma", "Emma", DIGITS), ("quiet-0tter", "\u0415mm\u0430", DIGITS)],
    ids=["nobody alike", "the very same name", "letters that only look the same"],
)


async def stands_beside(database: Database, handle: str, name: str, creator: CreatorId = CREATOR) -> None:
    """A creator has this fan, too."""
    other = Fan(creator, BESIDE, handle, name, None, 1000)
    await database.write(lambda tx: fans.learn(tx, other))
