"""/team audit: what was asked for and nothing else, page by page, in words."""

from dataclasses import dataclass
from functools import partial

import pytest

from bot.engine.audit_log import AuditLog
from bot.features.people.audit import action_texts, texts
from bot.features.people.audit.service import ON_A_PAGE, AuditService
from bot.model.acting_account import is_way
from bot.model.language import speaking
from bot.model.ports import Post
from storage.database import Database, Transaction
from storage.engine import outbox
from storage.engine.pseudonyms import forget_fan
from storage.inbox import threads
from storage.records import CreatorId, DiscordId, EffectId, FanId
from tests.audit_log_fixtures import begun, trail_of
from tests.features.people.accounts.accounts_fixtures import CountedIds, SetClock, a_keyring
from tests.relay.namesake_fixtures import NAMESAKES, stands_beside
from tests.storage.record_fixtures import (
    CREATOR,
    FAN,
    OTHER_CREATOR,
    OTHER_FAN,
    a_fan,
    fan_thread,
    new_effect,
)

MAYA, ZOE, READER = DiscordId(30), DiscordId(31), DiscordId(32)
THREAD = DiscordId(900)
DAY = 86_400_000
MINUTE = 60_000


@dataclass
class AuditReadingScenario:
    """A record that several wrote in, and whoever reads it."""

    database: Database
    trail: AuditLog
    reading: AuditService
    clock: SetClock

    async def did(
        self,
        action: str,
        outcome: str = "done",
        *,
        by: DiscordId | None = MAYA,
        fan: FanId | None = None,
        creator: CreatorId = CREATOR,
    ) -> None:
        async def work(tx: Transaction) -> None:
            await self.trail.write(tx, action, outcome, actor=by, creator=creator, fan=fan, cause="effect-1")

        await self.database.write(work)

    async def became(self, *outcomes: str) -> None:
        """What came of the newest act, each a minute after the one before."""
        await self.database.write(lambda tx: outbox.add(tx, new_effect()))
        effect = await self.database.read(lambda tx: outbox.get(tx, EffectId("effect-1")))
        assert effect is not None
        for outcome in outcomes:
            self.clock.at += MINUTE
            told = self.trail.went if is_way(outcome) else self.trail.became
            await self.database.write(partial(told, effect=effect, outcome=outcome))

    async def look(self, **asked: object) -> Post:
        found = await self.reading.look(CREATOR, READER, **asked)  # type: ignore[arg-type]
        assert isinstance(found, Post), found
        return found


@pytest.fixture
async def desk(known: Database) -> AuditReadingScenario:
    await begun(known)
    await a_fan(known, CREATOR, OTHER_FAN, handle="otherone", display_name="Max *Mut*")
    clock, ids = SetClock(), CountedIds()
    trail = trail_of(a_keyring(), clock, ids)
    reading = AuditService(database=known, pseudonyms=trail.pseudonyms, clock=clock, ids=ids)
    return AuditReadingScenario(known, trail, reading, clock)


def refs(post: Post) -> dict[str, str]:
    return {button.label: button.ref for button in post.buttons}


async def test_every_result_of_an_act_is_said_with_its_time_and_none_twice(
    desk: AuditReadingScenario,
) -> None:
    began = desk.clock.at
    await desk.did("reply", "accepted", fan=OTHER_FAN)
    await desk.became("unknown", "unknown", "done")

    (line,) = (await desk.look()).body

    assert line == (
        f"<t:{began // 1000}:f> · <@30> replied to **Max \\*Mut\\* @otherone** · "
        f"not sure yet <t:{(began + MINUTE) // 1000}:t> → "
        f"sent <t:{(began + 3 * MINUTE) // 1000}:t>"
    )
    rows = await desk.database.read(lambda tx: tx.all("SELECT outcome FROM audit ORDER BY seq"))
    assert [row["outcome"] for row in rows] == ["accepted", "unknown", "done"]


async def test_through_whose_account_an_act_went_is_said_after_its_results(
    desk: AuditReadingScenario,
) -> None:
    await desk.did("reply", "accepted", fan=FAN)
    await desk.became("as @anna's own account", "as the creator's account", "done")
    await desk.did("reply", "accepted", fan=FAN)
    await desk.became("as the creator's account")

    newer, older = (await desk.look()).body

    assert older.endswith(" · sent · as the creator's account")
    assert "anna" not in older
    assert newer.endswith(" · on its way · as the creator's account")


async def test_it_is_read_in_the_readers_language_and_written_in_one(desk: AuditReadingScenario) -> None:
    with speaking("es"):
        await desk.did("reply", "accepted", fan=FAN)
        await desk.became("as the creator's account", "done")
        await desk.did("reply", "accepted", fan=FAN)
        await desk.became("as @anna's own account", "unknown")
    with speaking("de"):
        newer, older = (await desk.look()).body

    assert "geantwortet · gesendet · mit dem Konto des Creators" in older
    assert "noch nicht sicher: wir suchen es · mit dem eigenen Konto \\@anna" in newer


async def test_sent_again_the_same_way_each_act_says_which_way_it_went(desk: AuditReadingScenario) -> None:
    await desk.did("reply", "accepted", fan=FAN)
    await desk.became("as the creator's account", "unknown", "as the creator's account", "absent")
    await desk.did("reply.again", "accepted", fan=FAN)
    await desk.became("as the creator's account", "done")

    newer, older = (await desk.look()).body

    assert newer.endswith(" · sent · as the creator's account")
    assert older.count("as the creator's account") == 1
    assert "not found on Fanvue <t:" in older
    rows = await desk.database.read(lambda tx: tx.all("SELECT 1 FROM audit WHERE outcome LIKE 'as %'"))
    assert len(rows) == 2


async def test_a_result_of_another_day_has_its_date_and_of_very_many_the_ends_are_shown(
    desk: AuditReadingScenario,
) -> None:
    await desk.did("reply", "accepted", fan=FAN)
    began = desk.clock.at
    await desk.became("one", "two", "three", "four", "five")
    desk.clock.at += DAY
    await desk.became("done")

    (line,) = (await desk.look()).body

    first, *rest = line.rsplit(" · ", 1)[-1].split(" → ")
    assert first == f"one <t:{(began + MINUTE) // 1000}:t>"
    assert [one.split(" ")[0] for one in rest] == ["…", "four", "five", "sent"]
    assert rest[-1] == f"sent <t:{(began + DAY + 6 * MINUTE) // 1000}:f>"


async def test_each_filter_leaves_what_fits_and_nothing_of_another_creator(
    desk: AuditReadingScenario,
) -> None:
    await desk.did("reply", "accepted", fan=FAN)
    desk.clock.at += 3 * DAY
    await desk.did("reply.drop", by=ZOE, fan=OTHER_FAN)
    await desk.did("mass.press", "confirmed", by=ZOE)
    await desk.did("reply", "denied", by=ZOE)
    await desk.did("replying")  # begins like another action, and is none of it
    await desk.did("reply", creator=OTHER_CREATOR)

    async def found(**asked: object) -> list[str]:
        return [line.split(" · ")[1] for line in (await desk.look(**asked)).body]

    assert len(await found()) == 5
    assert await found(member=MAYA) == ["<@30> “replying”", "<@30> replied to **fan"]
    assert await found(kind="replies", member=ZOE) == [
        "<@31> tried “reply”",
        "<@31> discarded a reply to **Max \\*Mut\\* @otherone**",
    ]
    assert await found(kind="mass messages") == ["<@31> decided on a mass message"]
    assert await found(kind=action_texts.DENIED) == ["<@31> tried “reply”"]
    assert (await desk.look(days=2, kind="replies", member=MAYA)).body == (texts.NOTHING,)


async def test_a_fan_is_meant_by_their_thread_by_a_choice_or_by_a_name_that_fits_one(
    desk: AuditReadingScenario,
) -> None:
    await desk.did("reply", fan=FAN)
    await desk.did("reply.unsend", fan=OTHER_FAN)
    here = fan_thread(fan=OTHER_FAN)
    await desk.database.write(lambda tx: threads.want(tx, here))
    await desk.database.write(lambda tx: threads.opened(tx, here.key, thread=THREAD, card=DiscordId(901)))
    ((label, offered),) = await desk.reading.suggest(CREATOR, "@OTHER")

    by_thread = await desk.look(channel=THREAD)
    by_choice = await desk.look(fan=offered)
    by_name = await desk.look(fan="max")
    nobody = await desk.reading.look(CREATOR, READER, fan="nobody")
    other = await desk.reading.look(OTHER_CREATOR, READER, fan=offered)

    assert (label, len(offered)) == ("Max *Mut* @otherone", 32)
    assert by_thread.body == by_choice.body == by_name.body
    assert "asked to take a message to **Max" in by_thread.body[0]
    assert nobody == texts.WHICH_FAN
    assert isinstance(other, Post)
    assert other.body == (texts.NOTHING,)


async def test_a_forgotten_fan_has_no_name_and_cannot_be_looked_for(desk: AuditReadingScenario) -> None:
    await desk.did("reply", fan=OTHER_FAN)
    await desk.database.write(lambda tx: forget_fan(tx, CREATOR, OTHER_FAN))

    (line,) = (await desk.look()).body

    assert "replied to **a forgotten fan · " in line
    assert "Max" not in line
    assert await desk.reading.suggest(CREATOR, "max") == []


async def test_pages_are_turned_both_ways_and_stay_where_they_are_while_lines_are_added(
    desk: AuditReadingScenario,
) -> None:
    for number in range(2 * ON_A_PAGE + 1):
        await desk.did(f"deed {number}")
    first = await desk.look()
    await desk.did("deed later")
    turn = desk.reading.turn

    second = await turn(refs(first)["Older ▶"], READER, [CREATOR])
    assert isinstance(second, Post)
    third = await turn(refs(second)["Older ▶"], READER, [CREATOR])
    back = await turn(refs(second)["◀ Newer"], READER, [CREATOR])

    assert isinstance(third, Post)
    assert isinstance(back, Post)
    assert ["deed 20" in first.body[0], "deed 10" in second.body[0], "deed 0" in third.body[0]] == [True] * 3
    assert (len(first.body), len(second.body), len(third.body)) == (ON_A_PAGE, ON_A_PAGE, 1)
    assert list(refs(third)) == ["◀ Newer"]
    assert "deed later" in back.body[0]


async def test_a_page_is_its_readers_own_for_a_quarter_of_an_hour_and_while_they_may(
    desk: AuditReadingScenario,
) -> None:
    for number in range(ON_A_PAGE + 1):
        await desk.did(f"deed {number}")
    ref = refs(await desk.look())["Older ▶"]
    turn = desk.reading.turn

    assert await turn(ref, MAYA, [CREATOR]) == texts.CLOSED
    assert await turn(ref, READER, [OTHER_CREATOR]) == texts.CLOSED
    assert isinstance(await turn(ref, READER, [CREATOR]), Post)
    desk.clock.at += 15 * 60 * 1000
    assert await turn(ref, READER, [CREATOR]) == texts.CLOSED
    assert await turn("unknown", READER, [CREATOR]) == texts.CLOSED


async def test_the_longest_page_fits_into_a_message(desk: AuditReadingScenario) -> None:
    name = "\N{MATHEMATICAL FRAKTUR CAPITAL M}*" * 60
    await a_fan(desk.database, CREATOR, OTHER_FAN, handle="h" * 100, display_name=name)
    for number in range(ON_A_PAGE):
        await desk.did("reply.unsend", "x" * 500 if number % 2 else "accepted", fan=OTHER_FAN)
        await desk.became(f"as @{'h' * 60}'s own account", *(f"{one}*" * 90 for one in range(6)))

    page = await desk.look()

    assert sum(len(line) + 1 for line in page.body) < 3900


async def test_the_handle_below_is_shown_letter_by_letter(desk: AuditReadingScenario) -> None:
    await desk.did("reply")
    await desk.database.write(
        lambda tx: tx.execute("UPDATE creators SET handle = '_lola_' WHERE creator_uuid = :it", it=CREATOR)
    )

    assert (await desk.look()).small == r"About @\_lola\_"


@NAMESAKES
async def test_an_act_and_a_choice_name_their_fan_so_that_nobody_else_is_meant(
    desk: AuditReadingScenario, handle: str, name: str, digits: str
) -> None:
    emma = FanId("3b6a-emma")
    await a_fan(desk.database, CREATOR, emma, handle="quiet-otter", display_name="Emma")
    await stands_beside(desk.database, handle, name, CREATOR)
    await desk.did("reply", fan=emma)

    (line,) = (await desk.look()).body
    offered = await desk.reading.suggest(CREATOR, "quiet-otter")

    assert f"replied to **Emma @quiet\\-otter{digits}**" in line
    assert [words for words, _ in offered] == [f"Emma @quiet-otter{digits}"]
