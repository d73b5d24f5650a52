"""A program's draft in the alerts channel waits for a day, whatever it is."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bot.access.policy import Action
from bot.engine.input_windows import InputWindowExpired
from bot.engine.retry import RetryWaits
from bot.features.inbox.program_drafts.model import DraftTold, ProgramDraftEnd
from bot.features.inbox.program_template_drafts.model import PROGRAM_TEMPLATE, TemplateDraftBody
from bot.features.operations.channel_drafts import texts
from bot.features.operations.channel_drafts.expiry import ChannelDraftExpiry
from bot.features.operations.channel_drafts.model import LIFE, ChannelDraftKind, ChannelDraftRefused
from bot.features.operations.channel_drafts.press_service import ChannelDraftPressService
from bot.features.operations.channel_drafts.records import ChannelDraftRecords
from bot.features.operations.channel_drafts.service import ChannelDraftService
from bot.features.operations.draft_rules.turns import DraftRuleTurns
from bot.features.publishing.program_mass_drafts.model import PROGRAM_MASS, MassDraftBody
from bot.features.publishing.program_post_drafts.model import PROGRAM_POST, PostDraftBody
from storage.database import Transaction
from storage.engine.connect import open_database
from storage.people import api_keys, creator_wipe
from storage.records import DraftId
from tests.audit_log_fixtures import begun
from tests.database_place import database_in
from tests.features.inbox.program_drafts.draft_room import KEY
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import MAYA, RelayScenario

KINDS: list[tuple[ChannelDraftKind[Any], BaseModel]] = [
    (PROGRAM_MASS, MassDraftBody(to=["Fans"], text="hi")),
    (PROGRAM_POST, PostDraftBody(text="hi")),
    (PROGRAM_TEMPLATE, TemplateDraftBody(name="hi", text="hi")),
]


@dataclass
class StillDrafts:
    """A creator on a clock that stands still, and a program with a key."""

    room: RelayScenario
    writing: ChannelDraftService
    pressing: ChannelDraftPressService
    lapsing: ChannelDraftExpiry
    ended: list[ProgramDraftEnd]
    body: BaseModel

    async def writes(self) -> DraftTold:
        """The program writes one."""
        return (await self.writing.write(KEY, "lola", self.body, None))[0]

    async def state(self, draft: str) -> str:
        return (await self.writing.told(KEY, "lola", draft)).state


@pytest.fixture(params=KINDS, ids=[kind.word for kind, _ in KINDS])
async def still(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[StillDrafts]:
    kind, body = request.param
    database = await open_database(database_in(tmp_path), now=0)
    room = RelayScenario(database, RetryWaits(), SettableClock())
    await begun(database)
    await room.link()
    await room.set_up()
    await database.write(lambda tx: api_keys.add(tx, KEY))
    ended: list[ProgramDraftEnd] = []

    async def tell(_tx: Transaction, one: ProgramDraftEnd) -> None:
        ended.append(one)

    records = ChannelDraftRecords(room.ground(), [one for one, _ in KINDS], ended=tell)
    rules = DraftRuleTurns(room.ground())
    yield StillDrafts(
        room,
        ChannelDraftService(room.ground(), kind, records=records, rules=rules),
        ChannelDraftPressService(room.ground(), records=records, rules=rules),
        ChannelDraftExpiry(room.ground(), records=records),
        ended,
        body,
    )
    await database.close()


async def test_it_is_too_old_after_a_day_and_ends(still: StillDrafts) -> None:
    made = await still.writes()
    too_old = re.escape(f"This draft is too old. Start a new one with {still.writing.kind.command}.")
    still.room.clock.at += LIFE - 1
    await still.lapsing.look()
    last = await still.state(made.id)
    still.room.clock.at += 1
    over = await still.state(made.id)

    with pytest.raises(ChannelDraftRefused, match=too_old):
        await still.pressing.content(made.id)
    with pytest.raises(ChannelDraftRefused, match=too_old):
        await still.pressing.discard(made.id, MAYA)
    await still.lapsing.look()
    await still.lapsing.look()

    assert (last, over, await still.state(made.id)) == ("waiting", "expired", "expired")
    assert [(one.draft, one.kind, one.how.value, one.fan, one.by) for one in still.ended] == [
        (made.id, still.writing.kind.kind, "expired", None, None)
    ]


async def test_it_goes_with_the_key_that_expires(still: StillDrafts) -> None:
    made = await still.writes()
    await still.room.database.write(lambda tx: api_keys.extend(tx, KEY.id, still.room.clock.at))

    with pytest.raises(ChannelDraftRefused, match=r"no longer valid"):
        await still.pressing.content(made.id)
    await still.lapsing.look()
    assert await still.state(made.id) == "expired"


async def test_of_two_presses_the_second_takes_nothing(still: StillDrafts) -> None:
    made = await still.writes()
    await still.room.database.write(still.pressing.taking(made.id, MAYA))

    with pytest.raises(ChannelDraftRefused, match=texts.GONE[:20]):
        await still.room.database.write(still.pressing.taking(made.id, MAYA))
    assert [one.how.value for one in still.ended] == ["taken"]


async def test_a_window_takes_it_once_and_says_that_nothing_was_saved(still: StillDrafts) -> None:
    made = await still.writes()
    await still.room.database.write(lambda tx: still.pressing.saved(tx, DraftId(made.id), MAYA))

    with pytest.raises(InputWindowExpired, match=r"no longer available\. Not saved\."):
        await still.room.database.write(lambda tx: still.pressing.saved(tx, DraftId(made.id), MAYA))
    assert [one.how.value for one in still.ended] == ["taken"]


async def test_a_button_of_another_kind_finds_nothing(still: StillDrafts) -> None:
    made = await still.writes()
    needs = still.writing.kind.needs

    found = {action: await still.pressing.creator(made.id, action) for action in (needs, Action.INBOX)}

    assert found == {needs: KEY.creator, Action.INBOX: None}


async def test_an_erased_creators_draft_is_gone(still: StillDrafts) -> None:
    made = await still.writes()

    async def erase(tx: Transaction) -> None:
        place = 0
        while place < len(creator_wipe.WIPED):
            _, place = await creator_wipe.wipe(tx, KEY.creator, limit=100, start=place)

    await still.room.database.write(erase)

    assert await still.pressing.creator(made.id, still.writing.kind.needs) is None
    await still.lapsing.look()
    assert still.ended == []
