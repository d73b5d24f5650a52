"""A program's mass message waits for a day."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.engine.retry import RetryWaits
from bot.features.inbox.program_drafts.model import ProgramDraftEnd
from bot.features.operations.channel_drafts import texts
from bot.features.operations.channel_drafts.expiry import ChannelDraftExpiry
from bot.features.operations.channel_drafts.model import LIFE, ChannelDraftRefused
from bot.features.operations.channel_drafts.press_service import ChannelDraftPressService
from bot.features.operations.channel_drafts.records import ChannelDraftRecords
from bot.features.operations.channel_drafts.service import ChannelDraftService
from bot.features.publishing.program_mass_drafts.model import PROGRAM_MASS, MassDraftBody
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.people import api_keys
from tests.audit_log_fixtures import begun
from tests.database_place import database_in
from tests.features.inbox.program_drafts.draft_room import KEY
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import MAYA, RelayScenario


@dataclass
class StillMasses:
    """A creator on a clock that stands still, and a program with a key."""

    room: RelayScenario
    writing: ChannelDraftService
    pressing: ChannelDraftPressService
    lapsing: ChannelDraftExpiry
    ended: list[ProgramDraftEnd]

    async def state(self, draft: str) -> str:
        return (await self.writing.told(KEY, "lola", draft)).state


@pytest.fixture
async def still(tmp_path: Path) -> AsyncIterator[StillMasses]:
    database = await open_database(database_in(tmp_path), now=0)
    room = RelayScenario(database, RetryWaits(), SettableClock())
    await begun(database)
    await room.link()
    await room.set_up()
    await database.write(lambda tx: api_keys.add(tx, KEY))
    ended: list[ProgramDraftEnd] = []

    async def tell(_tx: Transaction, one: ProgramDraftEnd) -> None:
        ended.append(one)

    records = ChannelDraftRecords([PROGRAM_MASS], effects=room.effects, clock=room.clock, ended=tell)
    yield StillMasses(
        room,
        ChannelDraftService(
            PROGRAM_MASS,
            database=database,
            records=records,
            trail=room.effects.trail,
            clock=room.clock,
            ids=room.ids,
        ),
        ChannelDraftPressService(database=database, records=records, clock=room.clock),
        ChannelDraftExpiry(database=database, records=records, clock=room.clock),
        ended,
    )
    await database.close()


async def test_it_is_too_old_after_a_day_and_ends(still: StillMasses) -> None:
    made, _ = await still.writing.write(KEY, "lola", MassDraftBody(to=["Fans"], text="hi"), None)
    still.room.clock.at += LIFE - 1
    await still.lapsing.look()
    last = await still.state(made.id)
    still.room.clock.at += 1
    over = await still.state(made.id)

    with pytest.raises(ChannelDraftRefused, match=r"This draft is too old. Start a new one with /mass new\."):
        await still.pressing.content(made.id)
    with pytest.raises(ChannelDraftRefused, match=r"This draft is too old. Start a new one with /mass new\."):
        await still.pressing.discard(made.id, MAYA)
    await still.lapsing.look()
    await still.lapsing.look()

    assert (last, over, await still.state(made.id)) == ("waiting", "expired", "expired")
    assert [(one.draft, one.how.value, one.fan, one.by) for one in still.ended] == [
        (made.id, "expired", None, None)
    ]


async def test_of_two_presses_the_second_takes_nothing(still: StillMasses) -> None:
    made, _ = await still.writing.write(KEY, "lola", MassDraftBody(to=["Fans"], text="hi"), None)
    await still.room.database.write(still.pressing.taking(made.id, MAYA))

    with pytest.raises(ChannelDraftRefused, match=texts.GONE[:20]):
        await still.room.database.write(still.pressing.taking(made.id, MAYA))
    assert [one.how.value for one in still.ended] == ["taken"]
