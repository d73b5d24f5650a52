"""/money subscribers list: each with since when, for what, and whether it renews."""

import csv
import io

import pytest

from bot.access.roles import MoneyView
from bot.features.money.subscribers.list_texts import PAGE
from bot.sandbox.discord.answers import InteractionAnswer
from storage.database import Transaction
from storage.engine import audit_log
from storage.money import subscribers
from storage.money.subscribers import KnownSubscriber, SubscriptionTerms
from storage.records import DiscordId, FanId
from tests.features.money.periods.periods_scenario import PeriodsScenario
from tests.features.money.subscribers.subscribers_fixtures import DAY, fans


def table(answer: InteractionAnswer) -> list[dict[str, str]]:
    """The file of an answer."""
    assert answer.message is not None
    (file,) = answer.message.attachments
    assert file.filename == "subscribers.csv"
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))


async def two(bureau: PeriodsScenario) -> None:
    """Ada renews, Bea does not any more; the bureau's own fan subscribes as well."""
    bureau.at("2026-11-01 12:00")
    ada, bea = fans(bureau, "ada", "bea")
    await ada.subscribe()
    bureau.clock.at += DAY
    await bea.subscribe()
    await bea.cancel()


async def test_each_stands_with_since_when_for_what_and_whether_it_renews(bureau: PeriodsScenario) -> None:
    await two(bureau)

    said = (await bureau.ask("money subscribers list")).text

    ada, bea = (next(one for one in said.splitlines() if name in one) for name in ("@ada", "@bea"))
    assert "since <t:1793534400:D> · $9.99 · renews <t:" in ada
    assert "since <t:1793620800:D> · $9.99 · renewal off, ends <t:" in bea
    assert "As Fanvue lists them, <t:1793620800:f>." in said


async def test_the_file_has_everybody_and_it_is_written_down_who_has_it(bureau: PeriodsScenario) -> None:
    await two(bureau)
    bureau.evening.server.world.add_crowd(bureau.evening.account, PAGE + 5, "crowd", subscribed=True)

    answer = await bureau.ask("money subscribers list", as_file=True)
    last = (await bureau.ask("money subscribers list", page=2)).text
    beyond = (await bureau.ask("money subscribers list", page=9)).text

    rows = {row["handle"]: row for row in table(answer)}
    everybody = len(rows)
    assert everybody >= PAGE + 7
    assert (rows["ada"]["subscribed_since"], rows["ada"]["price"]) == ("2026-11-01", "9.99")
    assert (rows["ada"]["renews"], rows["bea"]["renews"]) == ("yes", "no")
    assert f", 1–{PAGE} of {everybody}" in answer.text
    assert f", {PAGE + 1}–{everybody} of {everybody}" in last
    assert f"That page doesn't exist: {everybody} subscribe." in beyond
    trail = await bureau.database.read(lambda tx: audit_log.recent(tx, bureau.evening.creator, 20))
    assert [one.action for one in trail].count("subscribers.file") == 1


async def test_in_ranges_neither_words_nor_file_tell_a_price(bureau: PeriodsScenario) -> None:
    await two(bureau)
    maya = DiscordId(bureau.town.maya.user.id)
    nobody = (await bureau.ask("money subscribers list", "maya")).text
    await bureau.engage(maya, "manager", MoneyView.BANDED)

    answer = await bureau.ask("money subscribers list", "maya", as_file=True)

    assert "@ada" not in nobody
    assert "@ada" in answer.text
    assert "9.99" not in answer.text
    assert {row["price"] for row in table(answer) if row["handle"] in ("ada", "bea")} == {"$10 or less"}


async def test_what_fanvue_does_not_tell_a_live_event_may_have(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-01 12:00")
    ada, bea = fans(bureau, "ada", "bea")
    await ada.subscribe()
    await bea.subscribe()
    bureau.evening.fanvue.addresses.prefix = ""  # the older surface: names alone

    async def work(tx: Transaction) -> None:
        creator, fan, now = bureau.evening.creator, FanId(ada.uuid), bureau.clock.at
        await subscribers.put(tx, creator, KnownSubscriber(fan, True, "webhook", now, now))
        await subscribers.agreed(
            tx, creator, fan, SubscriptionTerms(now - DAY, now + DAY, renews=True), at=now
        )

    await bureau.database.write(work)

    said = (await bureau.ask("money subscribers list")).text

    ada_line, bea_line = (next(one for one in said.splitlines() if name in one) for name in ("@ada", "@bea"))
    assert "· since <t:1793448000:D> · renews <t:1793620800:D>" in ada_line
    assert bea_line.endswith("· renewal unknown")
    assert "Where price or date is missing, Fanvue did not give it here." in said


async def test_where_fanvue_cannot_be_read_it_is_said(bureau: PeriodsScenario) -> None:
    bureau.evening.server.faults.down = True

    said = (await bureau.ask("money subscribers list")).text

    assert "We can't reach Fanvue right now" in said


@pytest.mark.parametrize(
    ("handle", "name", "alike"),
    [("zoe", "Zoe", False), ("other", "Ada", True), ("\u0430da", "Zoe", True)],
    ids=["nobody alike", "the very same name", "letters that only look the same"],
)
async def test_who_looks_alike_is_told_apart_also_if_they_never_wrote(
    bureau: PeriodsScenario, handle: str, name: str, *, alike: bool
) -> None:
    (ada,) = fans(bureau, "ada")
    other = bureau.evening.server.world.add_fan(handle, name, bureau.evening.account, subscribed=False)
    await ada.subscribe()
    await other.subscribe()

    said = (await bureau.ask("money subscribers list")).text

    shown = f"Ada @ada · {ada.uuid[:4]} · since" if alike else "Ada @ada · since"
    assert shown in said
