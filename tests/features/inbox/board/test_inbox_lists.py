"""A member's list: which fans are in which, page by page, and whose they are."""

import pytest

from bot.access.roles import MoneyView
from bot.features.inbox.board import texts
from bot.features.inbox.board.lines import BoardList, line_of
from bot.features.inbox.board.priority import PriorityBand
from bot.features.inbox.board.service import BoardPage
from bot.model.events import Person
from bot.model.ports import Post
from storage.database import Transaction
from storage.inbox import conversations, snoozes
from storage.inbox.conversations import Conversation
from storage.inbox.waiting_fans import WaitingFan
from storage.records import CreatorId, FanId
from tests.features.inbox.board.board_scenario import BoardScenario
from tests.features.inbox.claims.claims_scenario import NINA, OTTO
from tests.relay.fault_switchboard import ResetConnection
from tests.relay.relay_scenario import CREATOR, EMMA, NOAH

OTHER = CreatorId("8d1f0c52-6f0e-4b7b-9d0b-2f7f0f2f4c12")
MINUTE = 60_000


async def listed(
    hall: BoardScenario,
    which: BoardList,
    number: int = 0,
    *,
    sees: MoneyView = MoneyView.HIDDEN,
    settles: bool = True,
) -> BoardPage:
    """A page of Nina's."""
    return await hall.board.reading.page({CREATOR: sees}, NINA, which, number, settles=settles)


async def said(
    hall: BoardScenario, which: BoardList, number: int = 0, *, sees: MoneyView = MoneyView.HIDDEN
) -> str:
    return hall.drawn((await listed(hall, which, number, sees=sees)).post)


def counts(look: BoardPage) -> list[str]:
    """The lists that can be chosen, with their lengths."""
    assert look.choice is not None
    return [option.label for option in look.choice.options]


async def many(hall: BoardScenario, number: int) -> None:
    """So many fans wait, each a minute less than the one before."""
    for one in range(number):
        uuid = FanId(f"{one:08d}-0000-4000-8000-6f2a9b7c1d21")
        await hall.greeted(Person(uuid, f"fan-{one:02d}", f"Fan {one:02d}"))
        await hall.pass_time(MINUTE)


def labels(post: Post) -> list[str]:
    return [button.label for button in post.buttons]


async def test_nobody_waits(hall: BoardScenario) -> None:
    assert "All clear: every fan has an answer." in await said(hall, BoardList.UNANSWERED)


async def test_mine_are_those_whom_i_hold_and_those_who_came_back_to_me(hall: BoardScenario) -> None:
    await hall.greeted()
    await hall.greeted(NOAH)
    await hall.begins(OTTO, NOAH)
    before = await said(hall, BoardList.MINE)

    await hall.says("hi", NINA)
    await hall.pass_time(10 * MINUTE)
    await hall.happen(hall.wrote("and you?"))
    after = await said(hall, BoardList.MINE)

    assert "Nobody is waiting for you." in before
    assert "Emma" in after
    assert "Noah" not in after


async def test_whom_i_answer_is_said_to_me_as_you(hall: BoardScenario) -> None:
    await hall.greeted()
    await hall.begins(NINA)

    assert "you are answering" in await said(hall, BoardList.MINE)


@pytest.mark.parametrize("sees", [MoneyView.BANDED, MoneyView.EXACT])
async def test_vips_are_those_who_paid_much_or_were_marked_and_wait(
    hall: BoardScenario, sees: MoneyView
) -> None:
    await hall.pays(30_000)
    await hall.pays(20_000, NOAH)
    await hall.greeted()
    await hall.greeted(NOAH)

    paid = await said(hall, BoardList.VIP, sees=sees)
    await hall.marks(fan=NOAH)
    marked = await said(hall, BoardList.VIP, sees=sees)

    assert "⭐ #Emma" in paid
    assert "Noah" not in paid
    assert "⭐ #Noah" in marked


async def test_whoever_sees_no_figures_is_shown_no_star_list_number_or_order_that_money_made(
    hall: BoardScenario,
) -> None:
    await hall.greeted()
    await hall.pass_time(MINUTE)
    await hall.greeted(NOAH)
    before = await listed(hall, BoardList.UNANSWERED)
    empty = await listed(hall, BoardList.VIP)

    await hall.pays(90_000, NOAH)
    await hall.pass_time(MINUTE)

    assert await listed(hall, BoardList.UNANSWERED) == before
    assert await listed(hall, BoardList.VIP) == empty
    assert "VIP · 1" in counts(await listed(hall, BoardList.VIP, sees=MoneyView.BANDED))


async def test_a_mark_is_a_star_for_everybody_until_it_is_taken_away(hall: BoardScenario) -> None:
    await hall.greeted()
    await hall.marks("night owl")
    other = await said(hall, BoardList.VIP)

    await hall.marks("VIP")
    marked = await listed(hall, BoardList.VIP)
    await hall.tags.remove(NINA, await hall.thread(EMMA), "vip")

    assert "No VIP is waiting." in other
    assert "⭐ #Emma" in hall.drawn(marked.post)
    assert "VIP · 1" in counts(marked)
    assert "No VIP is waiting." in await said(hall, BoardList.VIP)


async def test_a_tag_that_does_not_open_keeps_nobody_from_the_list(hall: BoardScenario) -> None:
    await hall.greeted()
    await hall.greeted(NOAH)
    await hall.marks()
    await hall.database.write(lambda tx: tx.execute("UPDATE fan_tags SET body_ct = :body", body=b"\x01no"))
    await hall.marks(fan=NOAH)

    shown = await said(hall, BoardList.UNANSWERED)

    assert "⭐ #Noah" in shown
    assert "#Emma" in shown
    assert "⭐ #Emma" not in shown


async def test_the_snoozed_are_in_their_own_list_and_in_no_other(hall: BoardScenario) -> None:
    await hall.greeted()
    until = hall.clock.now() + 60 * MINUTE

    async def snooze(tx: Transaction) -> conversations.Conversation:
        return await snoozes.snooze(tx, CREATOR, EMMA.id, until=until)

    await hall.database.write(snooze)

    assert f"back <t:{until // 1000}:R>" in await said(hall, BoardList.SNOOZED)
    assert "Emma" not in await said(hall, BoardList.UNANSWERED)
    assert "Emma" not in await said(hall, BoardList.MINE)


async def test_whose_reply_waits_for_a_person_needs_a_decision(hall: BoardScenario) -> None:
    await hall.greeted()
    hall.fanvue.faults.add("send", ResetConnection())
    await hall.reply("hi")
    await hall.pass_time(61_000)

    shown = await said(hall, BoardList.ATTENTION)

    assert "Emma" in shown
    assert "Settle them in /inbox problems" in shown


async def test_who_may_only_read_is_not_sent_to_a_command_that_is_not_theirs(hall: BoardScenario) -> None:
    await hall.greeted()
    hall.fanvue.faults.add("send", ResetConnection())
    await hall.reply("hi")
    await hall.pass_time(61_000)

    shown = hall.drawn((await listed(hall, BoardList.ATTENTION, settles=False)).post)

    assert "Emma" in shown
    assert "/inbox problems" not in shown
    assert "anyone who may answer these fans can decide" in shown


async def test_pages_hold_eight_and_turn_both_ways(hall: BoardScenario) -> None:
    await many(hall, 20)

    pages = [await listed(hall, BoardList.UNANSWERED, number) for number in range(3)]
    beyond = await listed(hall, BoardList.UNANSWERED, 99)

    assert [len(page.post.body) for page in pages] == [8, 8, 4]
    assert [labels(page.post)[:-1] for page in pages] == [["More"], ["Back", "More"], ["Back"]]
    assert {labels(page.post)[-1] for page in pages} == {"Snooze…"}
    assert "20 in all · page 3 of 3" in hall.drawn(pages[2].post)
    assert beyond.post == pages[2].post
    assert "Fan 00" in hall.drawn(pages[0].post).splitlines()[1]


async def test_the_choice_says_how_long_each_list_is(hall: BoardScenario) -> None:
    await hall.pays(30_000)
    await hall.greeted()
    await hall.greeted(NOAH)
    await hall.begins(NINA)

    found = counts(await listed(hall, BoardList.UNANSWERED, sees=MoneyView.BANDED))

    assert found == ["Unanswered · 2", "Mine · 1", "VIP · 1", "Snoozed · 0", "Needs a decision · 0"]


async def test_of_several_creators_each_line_says_whose_fan_it_is_and_nobody_elses_show(
    hall: BoardScenario,
) -> None:
    await hall.link(OTHER)
    await hall.greeted()

    both = await hall.board.reading.page(
        {CREATOR: MoneyView.HIDDEN, OTHER: MoneyView.EXACT}, NINA, BoardList.UNANSWERED
    )
    other = await hall.board.reading.page({OTHER: MoneyView.EXACT}, NINA, BoardList.UNANSWERED)
    none = await hall.board.reading.page({}, NINA, BoardList.UNANSWERED)

    assert "of @lola" in hall.drawn(both.post)
    assert "Emma" not in hall.drawn(other.post)
    assert "Emma" not in hall.drawn(none.post)


@pytest.mark.parametrize("ref", ["", "x" * 22, "u-1", "u" + "9" * 30, "m" + "²" * 21, "v"])
def test_a_reference_that_was_never_made_leads_to_the_first_list_or_to_a_page(ref: str) -> None:
    which, number = texts.page_in(ref)

    assert which is BoardList.UNANSWERED
    assert number >= 0


def test_a_reference_leads_to_the_page_that_it_was_made_for() -> None:
    for which in BoardList:
        ref = texts.page_ref(which, 12)

        assert len(ref) == 22
        assert texts.page_in(ref) == (which, 12)


@pytest.mark.parametrize(
    ("alike", "digits"), [(False, ""), (True, f" · {EMMA.id[:4]}")], ids=["alone", "alike"]
)
def test_a_line_has_digits_where_another_fan_is_named_alike(alike: bool, digits: str) -> None:  # noqa: FBT001 - a parameter
    talk = Conversation(CREATOR, EMMA.id)
    one = WaitingFan(talk, "emma_b", "Emma", guild=None, thread=None, mistakable=alike)

    line = line_of(one, PriorityBand.USUAL, now=0)

    assert line.label == f"Emma @emma\\_b{digits}"
