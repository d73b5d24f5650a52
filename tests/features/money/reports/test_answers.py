"""/money earnings of any days, compared, with the fee; of one creator and of all."""

import pytest

from bot.features.money.ledger.reading_plan import DAY
from bot.sandbox.fanvue.people import StandInFan
from storage.database import Transaction
from storage.money import digests
from storage.people import consents, grants
from storage.records import CreatorId, DiscordId, Link
from tests.features.money.ledger.ledger_fixtures import comes, lists_no_more
from tests.features.money.periods.periods_scenario import PeriodsScenario


async def tips(bureau: PeriodsScenario, *given: tuple[str, int], zone: str = "UTC") -> None:
    """Emma tips at these times."""
    for when, cents in given:
        bureau.at(when, zone)
        await bureau.fan.tip(cents)


async def test_typed_days_are_told_with_the_fee_and_compared(bureau: PeriodsScenario) -> None:
    await tips(
        bureau,
        ("2026-10-31 12:00", 5000),  # of the fifteen days before
        ("2026-10-20 12:00", 3000),  # of both
        ("2026-11-01 00:00", 6000),
        ("2026-11-15 23:59", 5200),
        ("2026-11-16 00:00", 99_900),
    )
    bureau.at("2026-11-26 21:00")
    await bureau.ask("money earnings", period="2025")  # so that all before is there
    await read_all(bureau)

    answer = await bureau.ask("money earnings", period="1–15 Nov")

    assert "Earnings of @luna, 1–15 Nov 2026" in answer.text
    assert "Gross **$112.00**, net **$89.60**, 2 transactions" in answer.text
    assert "Fanvue's fee: $22.40" in answer.text
    assert (
        "Gross vs. the 15 days before (17–31 Oct 2026): **+40 %** ($80.00 then).\nGross vs. "
        "the same weekdays 3 weeks before (11–25 Oct 2026): **+273 %** ($30.00 then)."
    ) in answer.text
    assert "not over" not in answer.text


async def read_all(bureau: PeriodsScenario) -> None:
    while await bureau.ledger.reader.look():
        pass


async def test_a_day_that_is_not_over_is_compared_up_to_the_same_time(bureau: PeriodsScenario) -> None:
    await tips(
        bureau,
        ("2026-11-25 20:59", 1000),
        ("2026-11-25 21:01", 7000),  # later than now
        ("2026-11-19 09:00", 4000),
        ("2026-11-26 09:00", 2000),
        zone="Europe/Berlin",
    )
    await bureau.live_in("Europe/Berlin")
    bureau.at("2026-11-26 21:00", "Europe/Berlin")
    await read_all(bureau)

    answer = await bureau.ask("money earnings")

    assert (
        "Gross vs. the day before (25 Nov 2026): **+100 %** ($10.00 then).\nGross vs. the same "
        "weekday a week before (19 Nov 2026): **-50 %** ($40.00 then).\nNot over yet: compared "
        "with the days before up to 21:00 of their last day."
    ) in answer.text


async def test_days_that_were_not_read_yet_are_not_compared_and_it_says_so(bureau: PeriodsScenario) -> None:
    await tips(bureau, ("2026-11-01 12:00", 1000), ("2026-11-20 12:00", 2000))
    bureau.at("2026-11-26 21:00")

    answer = await bureau.ask("money earnings", period="last week")

    assert "Gross **$20.00**" in answer.text
    assert (
        "Not compared with the 7 days before, the same weekdays (9–15 Nov 2026): we haven't "
        "read all of it from Fanvue yet."
    ) in answer.text


async def test_what_is_pending_is_no_part_of_the_fee(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-26 12:00")
    await bureau.fan.tip(2000)
    await bureau.ask("money earnings")
    await comes(bureau, await bureau.fan.tip(1000))

    answer = await bureau.ask("money earnings")

    assert "Gross **$30.00**, net **$16.00** so far ($10.00 gross pending), 2 transactions" in answer.text
    assert "Fanvue's fee: $4.00 so far\n" in answer.text


async def test_an_event_of_long_ago_that_has_no_row_is_found_without_reading_years(
    bureau: PeriodsScenario,
) -> None:
    bureau.at("2025-03-03 12:00")
    twins = [await bureau.fan.tip(1000) for _ in range(2)]
    for one in twins:
        one.message = None
    await comes(bureau, twins[0])  # nobody can say which of two is its row
    lost = await bureau.fan.tip(700)
    await comes(bureau, lost)
    lists_no_more(bureau, lost)
    bureau.at("2026-11-26 12:00")
    await read_all(bureau)

    answer = await bureau.ask("money earnings", period="2025")

    assert "Gross **$20.00**, net **$16.00**, 2 transactions" in answer.text
    assert "Not counted: 1 payment reported live that may already be counted." in answer.text


async def test_what_cannot_be_read_is_refused_and_what_is_left_out_is_said(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-26 12:00")

    refused = await bureau.ask("money earnings", period="01/02")
    left_out = await bureau.ask("money earnings", period="1-30 nov")
    top = await bureau.ask("money top", period="tomorrow")

    assert refused.text == "“01/02” has two meanings. Write “1 Feb” or “2 Jan”."
    assert "Up to today: days after 26 Nov 2026 are in the future." in left_out.text
    assert top.text.startswith("We can't read those days. Write for example “today”")


async def test_while_days_are_typed_they_are_shown_back_in_the_creators_zone(bureau: PeriodsScenario) -> None:
    await bureau.live_in("Pacific/Kiritimati")
    bureau.at("2026-11-26 11:00")  # the 27th there
    there = bureau.town

    for command in ("money earnings", "money top"):
        offered = await there.olivia.autocomplete(there.guild, there.lobby, command, "period", "")
        typed = await there.olivia.autocomplete(there.guild, there.lobby, command, "period", "1-15 nov")
        nobody = await there.maya.autocomplete(there.guild, there.lobby, command, "period", "")

        assert offered[0] == {"name": "Today · 27 Nov 2026 · 1 day", "value": "today"} | offered[0]
        assert [choice["name"] for choice in typed] == ["1–15 Nov 2026 · 15 days"]
        assert nobody == []


# ── top fans ──


async def test_top_fans_stand_by_the_ledger_with_what_went_back_taken_off(bureau: PeriodsScenario) -> None:
    world = bureau.evening.server.world
    owl: StandInFan = world.add_fan("owl", "Loud Owl", bureau.evening.account)
    bureau.at("2026-11-20 12:00")
    await owl.refunded((await owl.tip(9000)).id)
    await owl.tip(500)
    await bureau.fan.tip(1000)
    bureau.at("2026-11-26 12:00")

    answer = await bureau.ask("money top", period="last week")

    lines = [line for line in answer.text.splitlines() if line[:2] in {"1.", "2."}]
    assert "**$10.00** ($8.00 net, 1 payment)" in lines[0]
    assert lines[1].startswith("2. Loud Owl @owl: ")
    assert "**$5.00** ($4.00 net, 3 payments)" in lines[1]


async def test_a_fan_who_was_forgotten_has_no_name_even_if_fanvue_has_one(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-20 12:00")
    await bureau.fan.tip(1000)
    bureau.at("2026-11-26 12:00")
    await bureau.ask("money top", period="last week")
    creator = bureau.evening.creator
    await bureau.database.write(
        lambda tx: tx.execute("DELETE FROM pseudonyms WHERE creator_uuid = :creator", creator=creator)
    )

    answer = await bureau.ask("money top", period="last week")

    assert "1. A fan who is no longer known: **$10.00** ($8.00 net, 1 payment)" in answer.text
    assert "emma" not in answer.text.casefold()


async def test_without_fanvue_a_fan_is_named_by_the_beginning_of_their_id(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-20 12:00")
    await bureau.fan.tip(1000)
    bureau.at("2026-11-26 12:00")
    await bureau.ask("money earnings", period="last week")
    bureau.evening.server.faults.add("error_before", "GET", r".*/insights/.*", status=503, count=None)

    answer = await bureau.ask("money top", period="last week")

    assert f"1. fan · {bureau.fan.uuid[:4]}: **$10.00**" in answer.text


# ── all creators ──


async def zoe(bureau: PeriodsScenario, cents: int) -> CreatorId:
    """Olivia's other creator, in another zone, with one payment in the ledger."""
    await bureau.link_too("zoe")
    link = bureau.town.desk.links[1]
    at = bureau.clock.at

    async def work(tx: Transaction) -> None:
        await digests.choose_zone(tx, link.creator, "Pacific/Kiritimati")
        await tx.execute(
            """INSERT INTO earnings (creator_uuid, row_key, at, source, gross, net, order_id)
               VALUES (:creator, 'k', :at, 'tip', :gross, :net, 'o')""",
            creator=link.creator,
            at=at,
            gross=cents,
            net=cents * 80 // 100,
        )
        for day in range(at // DAY - 40, at // DAY + 1):
            await tx.execute(
                """INSERT INTO earnings_reads (creator_uuid, day, read_at, unreadable)
                   VALUES (:creator, :day, :at, 0)""",
                creator=link.creator,
                day=day,
                at=at,
            )

    await bureau.database.write(work)
    return link.creator


async def test_all_creators_are_told_each_in_their_zone_and_summed(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-26 11:00")
    await bureau.fan.tip(1000)
    await zoe(bureau, 2500)

    answer = await bureau.ask("money earnings", creator="all")
    offered = await bureau.town.olivia.autocomplete(
        bureau.town.guild, bureau.town.lobby, "money earnings", "creator", ""
    )

    assert "Earnings of 2 creators, today" in answer.text
    assert "All together: gross **$35.00**, net **$28.00**" in answer.text
    assert "@luna (UTC): gross **$10.00**, net **$8.00**" in answer.text
    assert "@zoe (Pacific/Kiritimati): gross **$25.00**, net **$20.00**" in answer.text
    assert "Data as of 26 Nov 2026, 11:00, UTC, or later." in answer.text or "Pacific" in answer.text
    assert [choice["name"] for choice in offered] == ["All creators", "@luna", "@zoe"]


async def test_the_sum_of_all_says_how_much_of_it_is_pending(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-26 11:00")
    await bureau.ask("money earnings")
    await comes(bureau, await bureau.fan.tip(1000))
    alone = await bureau.ask("money earnings", creator="all")
    await zoe(bureau, 2500)

    both = await bureau.ask("money earnings", creator="all")

    assert "All together: gross **$10.00**, **net pending**" in alone.text
    assert "All together: gross **$35.00**, net **$20.00** so far ($10.00 gross pending)" in both.text
    assert "@luna (UTC): gross **$10.00**, **net pending**" in both.text
    assert "$0.00" not in both.text


async def test_in_ranges_no_amount_that_is_pending_narrows_the_others(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-26 11:00")
    await bureau.fan.tip(12_345)
    await bureau.ask("money earnings")
    await manager(bureau)
    await comes(bureau, await bureau.fan.tip(3000))

    one = await bureau.ask("money earnings", "maya")
    all_of_them = await bureau.ask("money earnings", "maya", creator="all")

    assert "net **$50 to $100** so far (the rest is pending)" in one.text
    assert "net **$50 to $100** so far (the rest is pending), in ranges" in all_of_them.text


async def test_who_sees_one_creator_in_ranges_gets_no_exact_sum_with_it(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-26 11:00")
    await bureau.fan.tip(12_345)
    await manager(bureau)

    answer = await bureau.ask("money earnings", "maya", creator="all")

    assert "@luna (UTC): gross **$100 to $250**, net **$50 to $100**, in ranges" in answer.text
    assert "All together" not in answer.text
    assert "Not in the sum: 1 whose exact figures you can't see" in answer.text
    assert "123" not in answer.text


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("money earnings", {}),
        ("money earnings", {"show": "hours"}),
        ("money earnings", {"creator": "all"}),
        ("money top", {}),
        ("money subscribers show", {}),
    ],
)
async def test_who_sees_ranges_chooses_among_fixed_days_so_that_no_difference_tells_more(
    bureau: PeriodsScenario, command: str, options: dict[str, str]
) -> None:
    bureau.at("2026-11-26 11:00")
    await bureau.fan.tip(12_345)
    await manager(bureau)

    typed = (await bureau.ask(command, "maya", period="25–26 Nov", **options)).text
    named = (await bureau.ask(command, "maya", period="last 7 days", **options)).text

    assert "You see ranges, and your own choice of days would reveal more" in typed
    assert "Choose today, yesterday, this or last week, month or year, or the last 7 or 30 days" in typed
    assert "You see ranges, and your own choice of days would reveal more" not in named


@pytest.mark.parametrize(
    "command",
    ["money earnings", "money top", "money subscribers show", "money credit sales", "money credit statement"],
)
@pytest.mark.parametrize("typed", ["", "last", "90", "25-26 nov", "nothing that anybody can read"])
async def test_who_sees_ranges_is_offered_only_days_that_are_answered(
    bureau: PeriodsScenario, command: str, typed: str
) -> None:
    bureau.at("2026-11-26 11:00")
    await bureau.fan.tip(12_345)
    await manager(bureau)
    there = bureau.town

    offered = await there.maya.autocomplete(there.guild, there.lobby, command, "period", typed)
    answers = [(await bureau.ask("money earnings", "maya", period=one["value"])).text for one in offered]

    assert len(offered) >= 2
    assert [answer for answer in answers if "gross **$" not in answer.casefold()] == []


async def test_with_one_creator_in_ranges_among_those_meant_only_fixed_days_are_offered(
    bureau: PeriodsScenario,
) -> None:
    bureau.at("2026-11-26 11:00")
    await zoe(bureau, 2500)
    there = bureau.town
    await manager(bureau)
    await manager(bureau, bureau.town.desk.links[1], "exact")

    async def offered(**options: str) -> list[str]:
        found = await there.maya.autocomplete(
            there.guild, there.lobby, "money earnings", "period", "25-26 nov", **options
        )
        return [one["value"] for one in found]

    assert await offered(creator="zoe") == ["25–26 Nov 2026"]
    assert "25–26 Nov 2026" not in await offered(creator="luna")
    assert "25–26 Nov 2026" not in await offered(creator="all")


async def manager(bureau: PeriodsScenario, link: Link | None = None, money: str = "banded") -> None:
    """Maya is a manager of a creator of Olivia's, the first one."""
    of = link or bureau.link
    creator, guild, owner = of.creator, of.guild, of.discord_user
    assert guild is not None, "she linked on her server"
    maya = DiscordId(bureau.town.maya.user.id)

    async def work(tx: Transaction) -> None:
        await consents.give(tx, creator, guild, "owner", by=owner, now=0)
        await consents.give(tx, creator, guild, "server", by=owner, now=0)
        await grants.put(
            tx,
            grants.GrantRecord(
                bureau.ids.new(), creator, guild, "member", maya, "manager", "", "", money, owner, 0
            ),
        )

    await bureau.database.write(work)


async def test_best_hours_of_all_are_no_answer(bureau: PeriodsScenario) -> None:
    bureau.at("2026-11-26 11:00")

    answer = await bureau.ask("money earnings", creator="all", show="hours")

    assert answer.text == "Best hours work for one creator only. Pick one in `creator:`."
