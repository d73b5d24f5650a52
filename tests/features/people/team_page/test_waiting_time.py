"""A plan of the page waits until its time, and ends in words; on a moved clock."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_asyncio

from bot.access.permits import Actor
from bot.engine.retry import RetryWaits
from bot.features.inbox.program_drafts.model import ProgramDraftEnd
from bot.features.operations.channel_drafts.expiry import ChannelDraftExpiry
from bot.features.operations.channel_drafts.model import LIFE, MOST_WAITING, ChannelDraftRefused
from bot.features.operations.channel_drafts.press_service import ChannelDraftPressService
from bot.features.operations.channel_drafts.records import ChannelDraftRecords
from bot.features.operations.channel_drafts.service import ChannelDraftService
from bot.features.operations.draft_rules.turns import DraftRuleTurns
from bot.features.people.offboarding.parts import TeamDeparture
from bot.features.people.privacy.text_eraser import SealedTextEraser
from bot.features.publishing.page_plans.departure_service import PagePlanDeparture
from bot.features.publishing.page_plans.service import PagePlanService, PlanForm
from bot.features.publishing.program_mass_drafts.model import PROGRAM_MASS, MassDraftBody
from bot.features.publishing.program_post_drafts.model import PROGRAM_POST, PostDraftBody
from bot.model.draft_source import DraftKind
from storage.database import Transaction
from storage.people import api_keys, retention
from storage.people.retention import DAY, RetentionTerms
from storage.records import DraftId, Millis
from tests.features.inbox.program_drafts.draft_room import KEY
from tests.relay.relay_scenario import ALERTS, CREATOR, GUILD, MAYA, RelayScenario, running, whole

_BY: Final = Actor(MAYA, GUILD)
_PLANNED: Final = f"Post planned on the web page by <@{MAYA}>"

_KEPT: Final = "Who planned it has its text in the calendar of the web page for a week."


@dataclass
class WaitingPlans:
    """Maya plans, on a clock that stands still."""

    room: RelayScenario
    records: ChannelDraftRecords
    planning: PagePlanService
    pressing: ChannelDraftPressService
    lapsing: ChannelDraftExpiry
    ended: list[ProgramDraftEnd] = field(default_factory=list)

    @property
    def now(self) -> Millis:
        return self.room.clock.at

    async def plans(
        self, ahead: Millis | None, kind: DraftKind = DraftKind.POST, text: str = "hi"
    ) -> DraftId:
        """One for so long ahead; None: as soon as it is confirmed."""
        at = None if ahead is None else datetime.fromtimestamp((self.now + ahead) / 1000, UTC)
        body = PostDraftBody(text=text, at=at)
        made = MassDraftBody(text=text, to=["Fans"], at=at) if kind is DraftKind.MASS_MESSAGE else body
        form = PlanForm(f"{len(self.ended)}{text}{ahead}", {"text": text})
        ref = await self.planning.plan(_BY, kind, CREATOR, form, made)
        await self.room.turn()
        return ref

    async def passes(self, wait: Millis) -> None:
        """Time goes by, and what is over ends."""
        await self.room.pass_time(wait)
        await self.lapsing.look()
        await self.room.turn()

    async def keeps(self, texts: int) -> None:
        """The owner chooses for how many days texts are kept."""
        terms = RetentionTerms(texts=texts)
        await self.room.database.write(lambda tx: retention.choose(tx, CREATOR, terms))

    async def waits(self, ref: DraftId) -> bool:
        told = await self.planning.told(CREATOR, ref)
        return told is not None and told.waits

    def channel(self) -> list[str]:
        """The lines of the alerts channel."""
        return [whole(post) for post in self.room.discord.channels[ALERTS].posts.values()]


@pytest_asyncio.fixture(params=[DraftKind.POST, DraftKind.MASS_MESSAGE])
async def kind(request: pytest.FixtureRequest) -> Any:
    """Both kinds of plans."""
    return request.param


@pytest_asyncio.fixture
async def plans(tmp_path: Path) -> AsyncIterator[WaitingPlans]:
    async with running(tmp_path, RetryWaits()) as room:
        ended: list[ProgramDraftEnd] = []

        async def tell(_tx: Transaction, one: ProgramDraftEnd) -> None:
            ended.append(one)

        kinds = (PROGRAM_MASS, PROGRAM_POST)
        records = ChannelDraftRecords(room.ground(), kinds, ended=tell)
        rules = DraftRuleTurns(room.ground())
        yield WaitingPlans(
            room,
            records,
            PagePlanService(room.ground(), kinds, records=records),
            ChannelDraftPressService(room.ground(), records=records, rules=rules),
            ChannelDraftExpiry(room.ground(), records=records),
            ended,
        )


async def test_it_waits_until_the_time_it_was_planned_for(plans: WaitingPlans, kind: DraftKind) -> None:
    at = plans.now + 10 * DAY
    ref = await plans.plans(10 * DAY, kind)
    (line,) = plans.channel()
    await plans.passes(10 * DAY - 1)
    draft = await plans.pressing.draft(ref)

    assert draft.row.expires_at == at
    assert f"It waits until <t:{at // 1000}:f>." in line
    assert await plans.waits(ref)
    assert plans.channel() == [line]
    assert plans.ended == []


async def test_when_its_time_passes_it_ends_in_words_and_its_text_is_still_there(plans: WaitingPlans) -> None:
    at = (plans.now + 3 * DAY) // 1000
    ref = await plans.plans(3 * DAY, text="A long evening's work")
    await plans.passes(3 * DAY)
    with pytest.raises(ChannelDraftRefused):
        await plans.pressing.draft(ref)
    missed = await plans.planning.missed(CREATOR, MAYA)
    await plans.passes(DAY)

    assert plans.channel() == [
        f"{_PLANNED}: its time, <t:{at}:f>, passed before anyone confirmed it. Not published.",
        f"⚠️ {_PLANNED}: nobody confirmed it in time. Not published.\n{_KEPT}",
    ]
    assert [one.content["text"] for one in missed] == ["A long evening's work"]
    assert [(one.draft, one.how.value) for one in plans.ended] == [(ref, "expired")]


async def test_its_text_is_shown_for_a_week_and_to_nobody_else(plans: WaitingPlans) -> None:
    await plans.plans(2 * DAY)
    await plans.passes(2 * DAY)
    other = await plans.planning.missed(CREATOR, GUILD)
    await plans.passes(7 * DAY)
    week = await plans.planning.missed(CREATOR, MAYA)
    await plans.passes(1)

    assert (len(week), other, await plans.planning.missed(CREATOR, MAYA)) == (1, [], [])


@pytest.mark.parametrize(
    ("ahead", "texts", "life"),
    [
        (None, 30, LIFE),
        (None, 1, LIFE),
        (3_600_000, 30, 3_600_000),
        (28 * DAY, 30, 28 * DAY),
        (60 * DAY, 30, 28 * DAY),
        (60 * DAY, 365, 28 * DAY),
        (10 * DAY, 7, 6 * DAY),
        (10 * DAY, 1, LIFE),
    ],
)
async def test_it_never_waits_longer_than_its_text_is_kept(
    plans: WaitingPlans, ahead: Millis | None, texts: int, life: Millis
) -> None:
    await plans.keeps(texts)
    ref = await plans.plans(ahead)
    await plans.passes(life - 1)
    last = await plans.waits(ref)
    await plans.passes(1)

    assert (last, await plans.waits(ref)) == (True, False)
    assert f"⚠️ {_PLANNED}: nobody confirmed it in time. Not published." in plans.channel()[-1]
    assert ("passed before anyone" in plans.channel()[0]) is (ahead == life)


async def test_one_whose_text_was_kept_for_fewer_days_in_the_end_says_so(plans: WaitingPlans) -> None:
    ref = await plans.plans(20 * DAY)
    await plans.passes(3 * DAY)
    assert await plans.waits(ref)
    erasing = SealedTextEraser(plans.room.ground())
    while await erasing.texts(CREATOR, before=plans.now - DAY):
        pass
    await plans.passes(1)

    assert [one.how.value for one in plans.ended] == ["expired"]
    assert plans.channel()[-1] == f"⚠️ {_PLANNED}: nobody confirmed it in time. Not published."
    assert await plans.planning.missed(CREATOR, MAYA) == []


async def test_it_ends_with_its_writers_place_also_after_days(plans: WaitingPlans) -> None:
    await plans.plans(20 * DAY)
    await plans.passes(15 * DAY)
    leaving = TeamDeparture(_BY, CREATOR, GUILD, MAYA, "gone")
    await plans.room.database.write(lambda tx: PagePlanDeparture(plans.records).end(tx, leaving))
    await plans.room.turn()

    assert plans.channel() == [f"{_PLANNED}: expired. Not published."]


async def test_plans_that_wait_for_weeks_take_no_room_from_programs(plans: WaitingPlans) -> None:
    await plans.room.database.write(lambda tx: api_keys.add(tx, KEY))
    for number in range(MOST_WAITING):
        await plans.plans(20 * DAY, text=f"plan {number}")
    program = ChannelDraftService(
        plans.room.ground(),
        PROGRAM_POST,
        records=plans.records,
        rules=DraftRuleTurns(plans.room.ground()),
    )
    written, _ = await program.write(KEY, "lola", PostDraftBody(text="hi"), None)
    await plans.passes(LIFE)

    assert await plans.waits(DraftId(written.id)) is False
    assert [one.draft for one in plans.ended] == [written.id]
