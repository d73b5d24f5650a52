"""A digest and the command that shows the same figure say the same."""

import pytest

from bot.engine.outbox import EffectRequest
from bot.sandbox.fanvue.webhooks import body_of
from storage.database import Transaction
from storage.records import EffectState, FanId, Stream
from tests.features.money.periods.periods_scenario import PeriodsScenario
from tests.features.money.subscribers.subscribers_fixtures import DAY, comes, fans, happens, listens

HOUR = 3_600_000


async def digest(bureau: PeriodsScenario, sort: str = "daily") -> str:
    return (await bureau.ask("money digest now", sort=sort)).text


async def test_a_renewal_that_was_off_for_an_hour_was_switched_off_and_on(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-20 12:00")
    await listens(bureau)
    (ada,) = fans(bureau, "ada")
    await happens(bureau, ada.subscribe())
    bureau.at("2026-11-23 12:00")
    await happens(bureau, ada.cancel())
    bureau.clock.at += HOUR
    await happens(bureau, ada.change_mind())
    bureau.at("2026-11-24 12:00")

    counted, told = (
        (await bureau.ask("money subscribers show", period="yesterday")).text,
        await digest(bureau),
    )

    assert "Renewals switched off: **1**, on again: 1." in counted
    assert "Subscribers: 1 switched renewal off, 1 switched it back on" in told


async def test_who_switched_renewal_off_stays_counted_when_they_are_gone(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-20 12:00")
    await listens(bureau)
    (ada,) = fans(bureau, "ada")
    await happens(bureau, ada.subscribe())
    bureau.at("2026-11-23 12:00")
    await happens(bureau, ada.cancel())
    bureau.at("2026-11-24 09:00")
    before = await digest(bureau)
    await happens(bureau, ada.lapse())

    assert "Subscribers: 1 switched renewal off" in before
    assert "Subscribers: 1 switched renewal off" in await digest(bureau)


async def test_a_day_of_everything_is_counted_alike_also_at_its_midnights(bureau: PeriodsScenario) -> None:
    await bureau.live_in("Asia/Tokyo")
    bureau.at("2026-10-20 12:00")
    await listens(bureau)
    people = fans(bureau, *(f"fan{number}" for number in range(7)))
    for fan in people[:4]:
        await happens(bureau, fan.subscribe())
    bureau.at("2026-11-22 23:59", "Asia/Tokyo")
    await happens(bureau, people[4].subscribe())
    bureau.at("2026-11-23 00:00", "Asia/Tokyo")
    bodies: list[bytes] = []
    world = bureau.evening.server.world
    world.listeners.append(lambda event: bodies.append(body_of(event)))
    await people[5].subscribe()
    await people[6].subscribe()
    await people[0].renew()
    await people[1].renew()
    await people[2].cancel()
    await people[2].lapse()
    for raw in [*bodies, *bodies]:
        await comes(bureau, raw)
    world.listeners.clear()
    bureau.at("2026-11-24 00:00", "Asia/Tokyo")
    await happens(bureau, people[3].cancel())
    bureau.at("2026-11-24 09:00", "Asia/Tokyo")

    counted, told = (
        (await bureau.ask("money subscribers show", period="yesterday")).text,
        await digest(bureau),
    )

    assert "**2** new, **2** renewed, **1** ended" in counted
    assert "Renewals switched off: **1**, on again: 0." in counted
    assert "Subscribers: 2 new, 2 renewed, 1 ended, 1 switched renewal off\n" in told
    assert "New subscribers: 2 instead of 1" in told


async def test_what_was_kept_of_no_whole_day_is_said_and_compared_with_nothing(
    bureau: PeriodsScenario,
) -> None:
    bureau.at("2026-11-23 12:00")
    await listens(bureau)
    (ada,) = fans(bureau, "ada")
    await happens(bureau, ada.subscribe())
    bureau.at("2026-11-24 12:00")

    first = await digest(bureau)
    bureau.clock.at += DAY
    second = await digest(bureau)

    assert "Subscribers: 1 new" in first
    assert "New subscribers:" not in first + second
    lacks = "Subscription data may be incomplete – see `/money subscribers show`."
    assert lacks in first
    assert lacks not in second


async def test_replies_that_were_not_sent_are_those_of_the_list_of_problems(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-24 12:00")
    creator, fan = bureau.evening.creator, FanId(bureau.fan.uuid)

    async def parked(tx: Transaction) -> None:
        for cause, state in (("a", EffectState.REJECTED), ("b", EffectState.PENDING)):
            effect = await bureau.effects.add(
                tx,
                EffectRequest(
                    network="fanvue",
                    kind="chat.send",
                    stream=Stream(f"fan:{cause}"),
                    creator=creator,
                    cause=cause,
                    part="send",
                    body={},
                    fan=fan,
                ),
            )
            await tx.execute(
                "UPDATE outbox SET state = :state, attention = 'Fanvue says no.' WHERE id = :id",
                state=state,
                id=effect,
            )

    await bureau.database.write(parked)

    assert "(2 replies not sent or unconfirmed)" in await digest(bureau)


async def test_by_how_much_it_is_more_is_said_as_in_the_earnings(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-16 12:00")
    await bureau.fan.tip(100)
    bureau.at("2026-11-22 12:00")
    await bureau.fan.tip(1000)
    bureau.at("2026-11-23 12:00")
    await bureau.fan.tip(1005)
    bureau.at("2026-11-24 12:00")
    await bureau.ask("money earnings", period="last 30 days")  # now all of it was read

    earned, told = (await bureau.ask("money earnings", period="yesterday")).text, await digest(bureau)

    assert "**+1 %** ($10.00 then)" in earned
    assert "Against the day before: **+$0.05** (+1 %), it was $10.00" in told
    assert "**10 times as much** ($1.00 then)" in earned
    assert "Against the Monday before: **+$9.05** (10 times as much), it was $1.00" in told


@pytest.mark.parametrize("away", [False, True])
async def test_at_midnight_the_last_minutes_of_the_day_are_read_first(
    bureau: PeriodsScenario, *, away: bool
) -> None:
    bureau.at("2026-11-23 15:00")
    channel = await bureau.channel("money")
    await bureau.ask("money digest set", channel=channel.id, hour=0, zone="UTC")
    await bureau.start()
    bureau.at("2026-11-23 23:52")
    await bureau.fan.tip(1000)
    await bureau.ask("money earnings", period="last 30 days")
    bureau.at("2026-11-23 23:58")
    await bureau.fan.tip(500)
    bureau.at("2026-11-24 00:00")

    faults = bureau.evening.server.faults
    if away:
        faults.add("error_before", "GET", "/insights/earnings", count=999, status=503)
    await bureau.look()
    at_midnight = len(bureau.posted(channel))
    faults.clear()
    await bureau.driver.pass_time(HOUR)

    (message,) = bureau.posted(channel)
    assert at_midnight == (0 if away else 1)
    assert "Gross **$15.00**" in message.text
