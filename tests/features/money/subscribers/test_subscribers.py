"""/money subscribers show: local days from events, Fanvue's own beside them."""

from io import BytesIO

from PIL import Image

from bot.access.roles import MoneyView
from bot.engine.lasting_pseudonyms import forget
from bot.sandbox.fanvue import tracking
from bot.sandbox.fanvue.webhooks import body_of
from storage.operations import gaps
from storage.operations.gaps import OFFLINE, EventGap
from storage.records import DiscordId, FanId
from tests.features.money.periods.periods_scenario import PeriodsScenario
from tests.features.money.subscribers.subscribers_fixtures import DAY, comes, fans, happens, listens


async def test_a_month_of_fans_is_counted_with_who_renewed(bureau: PeriodsScenario) -> None:
    bureau.at("2026-10-01 12:00")
    await listens(bureau)
    ada, bea, cleo = fans(bureau, "ada", "bea", "cleo")
    for fan in (ada, bea, cleo):
        await happens(bureau, fan.subscribe())
    bureau.clock.at += 10 * DAY
    await happens(bureau, bea.cancel())
    bureau.at("2026-10-31 12:00")
    await happens(bureau, ada.renew())
    await happens(bureau, bea.lapse())
    bureau.at("2026-11-02 12:00")  # nobody tells how it went with cleo

    month = (await bureau.ask("money subscribers show")).text
    day = (await bureau.ask("money subscribers show", period="today")).text

    assert "Subscribers of @luna, the last 30 days" in month
    assert "**3** subscribers now.\n**0** new, **1** renewed, **1** ended (1 not renewed)." in month
    assert "Renewals switched off: **1**, on again: 0." in month
    assert "Retention: 50% (1 of 2 renewed)" in month
    assert "Due, but no event showed the result: 1." in month
    assert "Fanvue's own count (UTC days, 4 Oct 2026 to 2 Nov 2026): 0 new, 1 cancelled." in month
    assert "Subscriptions are recorded since" not in month
    assert "Retention: no renewal was due, as far as events show." in day
    assert "Fanvue's own count (UTC day, 2 Nov 2026): 0 new, 0 cancelled." in day


async def test_a_renewal_of_before_its_time_is_due_when_it_happens(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-01 12:00")
    await listens(bureau)
    (ada,) = fans(bureau, "ada")
    await happens(bureau, ada.subscribe())
    bureau.clock.at += DAY
    await happens(bureau, ada.renew())

    assert "Retention: 100% (1 of 1 renewed)" in (await bureau.ask("money subscribers show")).text


async def test_a_local_day_is_the_creators_and_fanvues_is_of_utc(bureau: PeriodsScenario) -> None:
    await bureau.live_in("Asia/Tokyo")
    bureau.at("2026-11-20 12:00")
    await listens(bureau)
    ada, bea = fans(bureau, "ada", "bea")
    bureau.at("2026-11-24 14:59")  # a minute to midnight there
    await happens(bureau, ada.subscribe())
    bureau.at("2026-11-24 15:00")
    await happens(bureau, bea.subscribe())

    today = (await bureau.ask("money subscribers show", period="today")).text
    yesterday = (await bureau.ask("money subscribers show", period="yesterday")).text

    assert "**1** new" in today
    assert "Fanvue's own count (UTC day, 24 Nov 2026): 2 new" in today
    assert "**1** new" in yesterday
    assert "25 Nov 2026 (Asia/Tokyo)." in today


async def test_since_when_it_is_kept_and_where_nothing_was_heard(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-20 12:00")
    await listens(bureau)
    (ada,) = fans(bureau, "ada")
    await happens(bureau, ada.subscribe())
    creator, began = bureau.evening.creator, bureau.clock.at + DAY
    gap = EventGap("gap", creator, OFFLINE, began, began + 2 * 3_600_000)
    await bureau.database.write(lambda tx: gaps.add(tx, gap))
    bureau.at("2026-11-24 12:00")

    month = (await bureau.ask("money subscribers show", period="month")).text
    today = (await bureau.ask("money subscribers show", period="today")).text

    assert "Subscriptions are recorded since 20 Nov 2026, 12:00: earlier ones are missing." in month
    assert "Silent from 21 Nov 2026, 12:00 for 2 h: some renewals or cancellations may be missing." in month
    assert "Subscriptions are recorded since" not in today
    assert "Silent" not in today


async def test_who_never_listened_is_told_so(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-20 12:00")

    answer = await bureau.ask("money subscribers show")

    assert "No live events for this creator yet, so renewals and cancellations are missing" in answer.text
    assert answer.message is not None
    assert answer.message.attachments == []


async def test_new_ones_are_told_by_the_link_they_came_by(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-20 12:00")
    await listens(bureau)
    world, account = bureau.evening.server.world, bureau.evening.account
    link = tracking.make(world, account.uuid, "spring bio", "instagram")
    ada, bea = fans(bureau, "ada", "bea")
    tracking.come_by(world, link, ada.uuid)
    await happens(bureau, ada.subscribe())
    await happens(bureau, bea.subscribe())

    text = (await bureau.ask("money subscribers show")).text

    address = f"fanvue.com/{account.handle}/fv-{link.uuid[:8]}"
    assert f"New ones by tracking link: {address} 1." in text.replace("\\", "")


async def test_the_same_event_again_counts_once(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-20 12:00")
    await listens(bureau)
    (ada,) = fans(bureau, "ada")
    bodies: list[bytes] = []
    bureau.evening.server.world.listeners.append(lambda event: bodies.append(body_of(event)))
    await ada.subscribe()
    for raw in bodies * 2:
        await comes(bureau, raw)

    assert "**1** new" in (await bureau.ask("money subscribers show")).text


async def test_whoever_sees_ranges_reads_no_number_and_no_share(bureau: PeriodsScenario) -> None:
    bureau.at("2026-10-20 12:00")
    await listens(bureau)
    people = fans(bureau, *(f"fan{number}" for number in range(12)))
    for fan in people:
        await happens(bureau, fan.subscribe())
    bureau.clock.at += 30 * DAY
    for fan in people[:11]:
        await happens(bureau, fan.renew())
    await happens(bureau, people[11].lapse())
    await bureau.engage(DiscordId(bureau.town.maya.user.id), "manager", MoneyView.BANDED)

    answer = await bureau.ask("money subscribers show", who="maya")

    assert "**10 to 25** renewed, **up to 10** ended (not renewed: up to 10)." in answer.text
    assert "Of 10 to 25 due renewals, 10 to 25 renewed." in answer.text
    assert "%" not in answer.text
    assert answer.message is not None
    (picture,) = answer.message.attachments
    assert "11" not in (picture.description or "").replace("2026", "").replace("11 Nov", "")


async def test_whoever_was_forgotten_still_counts_and_is_named_nowhere(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-20 12:00")
    await listens(bureau)
    (ada,) = fans(bureau, "ada")
    await happens(bureau, ada.subscribe())
    creator, names, fan = (
        bureau.evening.creator,
        bureau.effects.trail.pseudonyms,
        FanId(ada.uuid),
    )
    await bureau.database.write(lambda tx: forget(tx, names, creator, fan, now=bureau.clock.at))
    await happens(bureau, ada.cancel())  # an event that was on its way

    text = (await bureau.ask("money subscribers show")).text
    rows = await bureau.database.read(lambda tx: tx.all("SELECT * FROM subscription_changes"))

    assert "**1** new" in text
    assert "Renewals switched off: **1**" in text
    assert str(fan) not in str([dict(row) for row in rows])
    assert [row["fan"] for row in rows if row["change"] == "off"] == [""]


async def test_a_month_is_drawn_by_weeks_and_a_day_by_kind(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-01 12:00")
    await listens(bureau)
    ada, bea = fans(bureau, "ada", "bea")
    await happens(bureau, ada.subscribe())
    bureau.at("2026-11-26 12:00")
    await happens(bureau, bea.subscribe())
    await happens(bureau, ada.lapse())

    pictures = []
    for period in ("30", "7", "today"):
        answer = await bureau.ask("money subscribers show", period=period)
        assert answer.message is not None
        pictures += answer.message.attachments
    month, week, day = [one.description or "" for one in pictures]

    assert "New and Ended: 28 Oct to 29 Oct not known, not known" in month
    assert month.endswith("20 Nov to 26 Nov 1, 1.")
    assert week.endswith("Thu 26 Nov 1, 1.")
    assert "How many: New 1; Renewed 0; Ended 1; Renewal off 0; On again 0." in day
    assert all(Image.open(BytesIO(one.content)).width == 1080 for one in pictures)


async def test_where_fanvue_does_not_answer_events_are_told_all_the_same(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-20 12:00")
    await listens(bureau)
    (ada,) = fans(bureau, "ada")
    await happens(bureau, ada.subscribe())
    bureau.evening.server.faults.down = True

    text = (await bureau.ask("money subscribers show")).text

    assert "We don't know how many subscribe right now: We can't reach Fanvue right now." in text
    assert "**1** new" in text
