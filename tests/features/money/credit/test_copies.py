"""Copies are told of page by page, and Fanvue's list is read as seldom as can be."""

from collections.abc import Sequence

import pytest

from bot.fanvue.models import MassMessageRow
from bot.features.money.credit.copies import FRESH, MassMessageCopies
from bot.model.errors import TryLater
from bot.model.events import Person
from bot.relay.sweep_ports import ChatHead
from storage.database import Database
from storage.money import credit_copies
from storage.publishing import campaigns
from storage.publishing.campaigns import Campaign
from storage.records import CreatorId, DiscordId, EffectId, FanId, FanvueMessageId
from tests.features.money.credit.test_matching import AT, MIA, mass
from tests.relay.clock_fixtures import SettableClock as Clock
from tests.storage.record_fixtures import CREATOR


class MassMessageListStandIn:
    """A list of mass messages as it stands, and how often it was read."""

    def __init__(self, *rows: MassMessageRow) -> None:
        self.rows: Sequence[MassMessageRow] | None = rows
        self.reads = 0
        self.down = False

    async def whole(self, creator: CreatorId) -> list[MassMessageRow] | None:
        assert creator == CREATOR
        self.reads += 1
        if self.down:
            raise TryLater("not now")
        return None if self.rows is None else list(self.rows)


def head(number: int, at: int = AT, text: str = "a lake", kind: str = "BROADCAST") -> ChatHead:
    person = Person(FanId(f"fan{number}"))
    return ChatHead(person, FanvueMessageId(f"copy{number}"), at, kind=kind, text=text)


async def kept(database: Database) -> dict[str, str | None]:
    names = [f"copy{number}" for number in range(9)]
    return await database.read(lambda tx: credit_copies.known(tx, CREATOR, names))


async def launched(database: Database, uuid: str = "one", by: DiscordId = MIA) -> None:
    made = Campaign(CREATOR, uuid, EffectId(f"effect-{uuid}"), by, AT, None, None, 0, None)
    await database.write(lambda tx: campaigns.follow(tx, made))


@pytest.fixture
def clock() -> Clock:
    return Clock(AT)


async def test_a_list_that_was_read_after_the_chats_is_enough_for_all_of_them(
    known: Database, clock: Clock
) -> None:
    await launched(known)
    listing = MassMessageListStandIn(mass("one"))
    copies = MassMessageCopies(database=known, masses=listing, clock=clock)

    await copies.look(CREATOR, [head(1), head(2), head(3, kind="SINGLE_RECIPIENT")])
    await copies.look(CREATOR, [head(1), head(2)])

    assert await kept(known) == {"copy1": "one", "copy2": "one"}
    assert listing.reads == 1


async def test_what_is_younger_than_the_list_waits_for_the_next_one(known: Database, clock: Clock) -> None:
    """Between the pages another one with the same words goes out: the list that was read has it not."""
    await launched(known)
    listing = MassMessageListStandIn(mass("one"))
    copies = MassMessageCopies(database=known, masses=listing, clock=clock)
    await copies.look(CREATOR, [head(1)])
    listing.rows = [mass("one"), mass("theirs")]

    await copies.look(CREATOR, [head(2)])
    waits = await kept(known)
    clock.at += FRESH
    await copies.look(CREATOR, [head(2)])

    assert waits == {"copy1": "one"}
    assert await kept(known) == {"copy1": "one", "copy2": None}
    assert listing.reads == 2


async def test_thousands_of_pages_of_one_mass_message_need_one_list(known: Database, clock: Clock) -> None:
    await launched(known)
    clock.at = AT + FRESH
    listing = MassMessageListStandIn(mass("one"))
    copies = MassMessageCopies(database=known, masses=listing, clock=clock)

    for number in range(9):
        clock.at += FRESH
        await copies.look(CREATOR, [head(number)])

    assert len(await kept(known)) == 9
    assert listing.reads == 1


async def test_what_was_not_known_can_become_certain_and_stays_so(known: Database, clock: Clock) -> None:
    await launched(known)
    listing = MassMessageListStandIn(mass("one", "other words"))
    copies = MassMessageCopies(database=known, masses=listing, clock=clock)
    await copies.look(CREATOR, [head(1)])
    before = await kept(known)
    for rows in ([mass("one")], [mass("one"), mass("theirs")]):
        clock.at += FRESH
        listing.rows = rows
        await MassMessageCopies(database=known, masses=listing, clock=clock).look(CREATOR, [head(1)])

    assert before == {"copy1": None}
    assert await kept(known) == {"copy1": "one"}


@pytest.mark.parametrize("broken", ["not read", "not to its end"])
async def test_without_the_whole_list_nothing_is_said(known: Database, clock: Clock, broken: str) -> None:
    await launched(known)
    listing = MassMessageListStandIn()
    listing.down = broken == "not read"
    listing.rows = None
    copies = MassMessageCopies(database=known, masses=listing, clock=clock)

    await copies.look(CREATOR, [head(1)])

    assert listing.reads == 1
    assert await kept(known) == {}


async def test_who_launches_nothing_here_costs_no_read_and_what_is_free_no_row(
    known: Database, clock: Clock
) -> None:
    listing = MassMessageListStandIn(mass("one", price=None))
    copies = MassMessageCopies(database=known, masses=listing, clock=clock)
    await copies.look(CREATOR, [head(1)])
    reads = listing.reads
    await launched(known)

    await copies.look(CREATOR, [head(1)])

    assert (reads, listing.reads) == (0, 1)
    assert await kept(known) == {}


async def test_what_is_old_goes(known: Database) -> None:
    some = [credit_copies.MassMessageCopy(f"copy{number}", number) for number in range(3)]
    await known.write(lambda tx: credit_copies.add(tx, CREATOR, some))

    assert await known.write(lambda tx: credit_copies.prune(tx, CREATOR, before=2, limit=10)) == 2
    assert await kept(known) == {"copy2": None}
