"""What the table of tokens promises: pairs replaced whole, marks seen once."""

import pytest

from storage.database import Database
from storage.people import creators, tokens
from storage.people.tokens import NewPair, Revocation, StoredPair
from storage.records import LinkId
from tests.storage.test_creators import a_link

LINK = LinkId("one")


def a_pair(generation: int = 1, access: bytes = b"a") -> NewPair:
    return NewPair(LINK, generation, access, b"r", expires_at=100, renew_at=75)


@pytest.fixture
async def linked(known: Database) -> Database:
    await known.write(lambda tx: creators.add_link(tx, a_link(LINK), now=1))
    await known.write(lambda tx: tokens.put(tx, a_pair()))
    return known


async def _pair(database: Database) -> StoredPair:
    pair = await database.read(lambda tx: tokens.get(tx, LINK))
    assert pair is not None
    return pair


async def test_a_pair_is_kept_as_it_was_put(linked: Database) -> None:
    assert await _pair(linked) == StoredPair(LINK, 1, b"a", b"r", 100, None, None, 75, repeated=False)


async def test_only_one_mark_is_set_for_one_generation(linked: Database) -> None:
    marks = [
        await linked.write(lambda tx, a=a: tokens.mark(tx, LINK, generation=1, attempt=a, now=5))  # type: ignore[misc]
        for a in ("first", "second")
    ]
    stale = await linked.write(lambda tx: tokens.mark(tx, LINK, generation=0, attempt="old", now=5))

    assert (marks, stale) == ([True, False], False)
    assert ((await _pair(linked)).attempt, (await _pair(linked)).attempt_started) == ("first", 5)
    assert await linked.read(tokens.marked) == [LINK]


async def test_the_repeat_begins_once(linked: Database) -> None:
    await linked.write(lambda tx: tokens.mark(tx, LINK, generation=1, attempt="m", now=5))

    begun = [await linked.write(lambda tx: tokens.mark_repeat(tx, LINK, attempt="m")) for _ in range(2)]
    await linked.write(lambda tx: tokens.keep_repeat(tx, LINK, attempt="m"))

    assert begun == [True, False]
    assert await linked.write(lambda tx: tokens.mark_repeat(tx, LINK, attempt="m"))
    assert not await linked.write(lambda tx: tokens.mark_repeat(tx, LINK, attempt="other"))


async def test_clearing_takes_away_only_ones_own_mark(linked: Database) -> None:
    await linked.write(lambda tx: tokens.mark(tx, LINK, generation=1, attempt="m", now=5))
    await linked.write(lambda tx: tokens.clear(tx, LINK, attempt="other"))
    assert (await _pair(linked)).attempt == "m"

    await linked.write(lambda tx: tokens.clear(tx, LINK, attempt="m"))

    assert (await _pair(linked)).attempt is None
    assert await linked.read(tokens.marked) == []


async def test_a_rotation_needs_its_mark_and_the_generation_before(linked: Database) -> None:
    await linked.write(lambda tx: tokens.mark(tx, LINK, generation=1, attempt="m", now=5))
    await linked.write(lambda tx: tokens.mark_repeat(tx, LINK, attempt="m"))

    wrong_mark = await linked.write(lambda tx: tokens.rotate(tx, a_pair(2), attempt="other"))
    skipped = await linked.write(lambda tx: tokens.rotate(tx, a_pair(3), attempt="m"))
    right = await linked.write(lambda tx: tokens.rotate(tx, a_pair(2, b"new"), attempt="m"))
    again = await linked.write(lambda tx: tokens.rotate(tx, a_pair(2), attempt="m"))

    assert (wrong_mark, skipped, right, again) == (False, False, True, False)
    pair = await _pair(linked)
    assert (pair.access, pair.generation, pair.attempt, pair.repeated) == (b"new", 2, None, False)


async def test_a_rotation_after_the_tokens_were_erased_brings_nothing_back(linked: Database) -> None:
    await linked.write(lambda tx: tokens.mark(tx, LINK, generation=1, attempt="m", now=5))
    await linked.write(lambda tx: tokens.erase(tx, LINK))

    assert not await linked.write(lambda tx: tokens.rotate(tx, a_pair(2), attempt="m"))
    assert await linked.read(lambda tx: tokens.get(tx, LINK)) is None


async def test_putting_a_pair_again_replaces_it_and_its_mark(linked: Database) -> None:
    await linked.write(lambda tx: tokens.mark(tx, LINK, generation=1, attempt="m", now=5))

    await linked.write(lambda tx: tokens.put(tx, a_pair(4, b"fresh")))

    pair = await _pair(linked)
    assert (pair.access, pair.generation, pair.attempt) == (b"fresh", 4, None)


async def test_a_revocation_is_owed_until_it_is_settled(linked: Database) -> None:
    owed = Revocation("r1", LINK, b"sealed", attempts=0, not_before=10, created_at=1)
    await linked.write(lambda tx: tokens.owe(tx, owed))

    assert await linked.read(lambda tx: tokens.owed(tx, now=9)) == []
    assert await linked.read(lambda tx: tokens.owed(tx, now=10)) == [owed]
    await linked.write(lambda tx: tokens.owe_later(tx, "r1", not_before=20))
    (later,) = await linked.read(lambda tx: tokens.owed(tx, now=20))
    assert (later.attempts, later.not_before) == (1, 20)
    await linked.write(lambda tx: tokens.owe_nothing(tx, "r1", state="done"))
    await linked.write(lambda tx: tokens.owe_nothing(tx, "r1", state="given_up"))
    assert await linked.read(lambda tx: tokens.owed(tx, now=99)) == []
    row = await linked.read(lambda tx: tx.one("SELECT state, refresh_ct FROM revocations"))
    assert row == {"state": "done", "refresh_ct": None}
