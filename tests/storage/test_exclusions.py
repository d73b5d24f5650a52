"""Who is in conversation, and the lists of whom mass messages left out."""

from dataclasses import replace

from storage.database import Database, Transaction
from storage.inbox import conversations
from storage.inbox.conversations import AnsweredBy
from storage.publishing import mass_caps, mass_exclusions
from storage.publishing.mass_caps import MassCap
from storage.publishing.mass_exclusions import MassExclusion
from storage.records import CreatorId, DiscordId, EffectId, FanId, FanvueMessageId

LUNA = CreatorId("luna")
HOUR = 3_600_000
NOW = 100 * HOUR


async def test_who_wrote_was_answered_waits_or_is_claimed_is_in_conversation(database: Database) -> None:
    async def work(tx: Transaction) -> list[FanId]:
        for name, at in (("waits", 1), ("wrote", 99), ("over", 1), ("answered", 1), ("automated", 1)):
            await conversations.fan_wrote(tx, LUNA, FanId(name), message=FanvueMessageId(name), at=at * HOUR)
        for name, at, by in (
            ("wrote", 99, AnsweredBy.MEMBER),
            ("over", 2, AnsweredBy.MEMBER),
            ("answered", 99, AnsweredBy.ELSEWHERE),
            ("automated", 99, AnsweredBy.AUTOMATED),
        ):
            await conversations.answered(tx, LUNA, FanId(name), at=at * HOUR, by=by)
        return await mass_exclusions.in_conversation(tx, LUNA, since=98 * HOUR, now=NOW)

    assert await database.write(work) == ["answered", "waits", "wrote"]


async def test_a_cap_holds_until_another_one_does(database: Database) -> None:
    async def work(tx: Transaction) -> list[MassCap]:
        found = [await mass_caps.get(tx, LUNA)]
        for cap in (MassCap(2, 7, 4), MassCap(None, 7, 4)):
            await mass_caps.put(tx, LUNA, cap, by=DiscordId(1), now=NOW)
            found.append(await mass_caps.get(tx, LUNA))
        return found

    assert await database.write(work) == [MassCap(None, 7, 2), MassCap(2, 7, 4), MassCap(None, 7, 4)]


async def test_a_list_is_found_by_its_message_and_by_its_job(database: Database) -> None:
    one = MassExclusion(EffectId("mass"), LUNA, NOW, planned=True)
    after = replace(one, state=mass_exclusions.READY, job="job", list="list", live=2, over=1, frozen=NOW)

    async def work(tx: Transaction) -> list[MassExclusion | None]:
        await mass_exclusions.add(tx, one)
        before = await mass_exclusions.get(tx, one.effect)
        await mass_exclusions.change(tx, after)
        return [before, await mass_exclusions.by_job(tx, "job"), await mass_exclusions.by_job(tx, "other")]

    assert await database.write(work) == [one, after, None]
