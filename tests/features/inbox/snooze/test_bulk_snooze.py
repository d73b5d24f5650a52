"""Fans of a page are put off together, each by the rules of /fan snooze."""

from bot.access.roles import MoneyView
from bot.engine.input_windows import InputWindowHolder
from bot.features.inbox.board.lines import BoardList
from bot.features.inbox.board.texts import page_ref
from bot.features.inbox.snooze.bulk_service import BulkSnoozeQuestion
from bot.model.events import Person
from storage.records import CreatorId, DiscordId, DraftId, FanId
from tests.features.inbox.claims.claims_scenario import NINA, OTTO
from tests.features.inbox.snooze.snooze_scenario import READ, SnoozeScenario
from tests.relay.namesake_fixtures import NAMESAKES, stands_beside
from tests.relay.relay_scenario import CREATOR, GUILD, NOAH, told, whole

PAGE = page_ref(BoardList.UNANSWERED, 0)
HOUR, DAY = 3_600_000, 86_400_000
MINE = InputWindowHolder(NINA, None, GUILD)
OTHER = CreatorId("8d1f0c52-6f0e-4b7b-9d0b-2f7f0f2f4c12")


async def whom(
    den: SnoozeScenario, *, may: tuple[CreatorId, ...] = (CREATOR,), holder: InputWindowHolder = MINE
) -> BulkSnoozeQuestion:
    """The question that the button asks."""
    return await den.several.whom({CREATOR: MoneyView.HIDDEN}, holder, PAGE, may)


def options(asking: BulkSnoozeQuestion) -> dict[str, str]:
    """What can be chosen: name and value."""
    assert asking.choice is not None
    return {option.label: option.value for option in asking.choice.options}


async def chosen(den: SnoozeScenario, *names: str, holder: InputWindowHolder = MINE) -> DraftId:
    """These fans were chosen; the question that asks for a time."""
    asking = await whom(den)
    assert asking.choice is not None
    values = [value for name, value in options(asking).items() if name.startswith(names)]
    until = await den.several.until(holder, DraftId(asking.choice.ref), values, (CREATOR,))
    assert until.choice is not None
    return DraftId(until.choice.ref)


async def ends(den: SnoozeScenario, ref: DraftId, *, may: tuple[CreatorId, ...] = (CREATOR,)) -> str:
    """A time was chosen."""
    return whole(await den.several.put_off(MINE, ref, "in 1 hour", may))


async def test_whoever_was_chosen_is_put_off_and_the_others_wait_on(den: SnoozeScenario) -> None:
    await den.came(NOAH)

    said = await ends(den, await chosen(den, "Emma"))

    assert (await den.talk()).snoozed(den.clock.now() + HOUR - 60_000)
    assert (await den.talk(NOAH)).snoozed_until is None
    assert "Snoozed: 1 of 1" in said
    assert "Emma" in said
    (line,) = await den.written()
    assert (line.action, line.actor, line.outcome) == ("talk.snooze", NINA, "done")


async def test_a_page_is_cleared_with_two_choices(den: SnoozeScenario) -> None:
    await den.came(NOAH)
    asking = await whom(den)
    assert asking.choice is not None
    until = await den.several.until(
        MINE, DraftId(asking.choice.ref), list(options(asking).values()), (CREATOR,)
    )
    assert until.choice is not None

    said = await ends(den, DraftId(until.choice.ref))

    assert asking.choice.most == 2
    assert [one.value for one in until.choice.options] == [
        value for _, value in await den.aside.times(CREATOR)
    ]
    assert "Snoozed: 2 of 2" in said
    assert (await whom(den)).choice is None


async def test_who_wrote_since_the_list_was_shown_is_not_put_off(den: SnoozeScenario) -> None:
    ref = await chosen(den, "Emma")
    await den.happen(den.wrote("wait, one more thing"))
    await den.turn()
    den.clock.at += 10 * READ  # by the clock of /fan snooze it would count as read

    said = await ends(den, ref)

    assert "Snoozed: 0 of 1" in said
    assert "A new message just came into this thread, or is on its way, so nothing changed" in said
    assert (await den.talk()).snoozed_until is None


async def test_whom_a_colleague_answers_is_not_put_off_and_the_others_are(den: SnoozeScenario) -> None:
    await den.came(NOAH)
    ref = await chosen(den, "Emma", "Noah")
    await den.begins(OTTO)

    said = await ends(den, ref)

    assert "Snoozed: 1 of 2" in said
    assert f"<@{OTTO}> has been answering this fan since" in said
    assert (await den.talk()).snoozed_until is None
    assert (await den.talk(NOAH)).snoozed_until is not None


async def test_of_whom_one_may_not_nobody_is_offered_chosen_or_put_off(den: SnoozeScenario) -> None:
    offered = await whom(den, may=(OTHER,))
    asking = await whom(den)
    assert asking.choice is not None
    values = list(options(asking).values())
    picked = await den.several.until(MINE, DraftId(asking.choice.ref), values, (OTHER,))
    said = await ends(den, await chosen(den, "Emma"), may=(OTHER,))

    assert offered.choice is None
    assert picked.choice is None
    assert "Snoozed: 0 of 1" in said
    assert (await den.talk()).snoozed_until is None


async def test_on_another_server_nobody_is_offered(den: SnoozeScenario) -> None:
    assert (await whom(den, holder=InputWindowHolder(NINA, None, DiscordId(7)))).choice is None


async def test_the_question_of_somebody_else_or_of_another_day_does_nothing(den: SnoozeScenario) -> None:
    ref = await chosen(den, "Emma")

    foreign = await den.several.put_off(InputWindowHolder(OTTO, None, GUILD), ref, "in 1 hour", (CREATOR,))
    den.clock.at += DAY
    late = await ends(den, ref)

    assert "no longer in use" in whole(foreign)
    assert "no longer in use" in late
    assert (await den.talk()).snoozed_until is None


async def test_a_fan_who_was_not_offered_cannot_be_chosen(den: SnoozeScenario) -> None:
    asking = await whom(den)
    assert asking.choice is not None
    await den.came(NOAH)
    noah = str(await den.thread(NOAH))

    until = await den.several.until(MINE, DraftId(asking.choice.ref), [noah], (CREATOR,))

    assert until.choice is None


async def test_the_questions_outlive_a_restart(den: SnoozeScenario) -> None:
    ref = await chosen(den, "Emma")

    await den.restart()

    assert "Snoozed: 1 of 1" in await ends(den, ref)


async def test_a_long_name_fits_into_the_list(den: SnoozeScenario) -> None:
    long = Person(FanId("0a7c3f52-5b1e-4c7d-9a1e-1f2e3d4c5b6a"), "h" * 90, "Å" * 200)
    await den.came(long)

    assert max(map(len, options(await whom(den)))) <= 100


async def test_the_button_is_there_for_whoever_may_answer_and_where_somebody_waits(
    den: SnoozeScenario,
) -> None:
    async def labels(which: BoardList, *, settles: bool = True) -> list[str]:
        look = await den.board.reading.page({CREATOR: MoneyView.HIDDEN}, NINA, which, settles=settles)
        return [button.label for button in look.post.buttons]

    before = await labels(BoardList.UNANSWERED), await labels(BoardList.UNANSWERED, settles=False)
    await den.snoozes("tomorrow")

    assert before == (["Snooze…"], [])
    assert await labels(BoardList.SNOOZED) == []
    assert await labels(BoardList.UNANSWERED) == []


@NAMESAKES
async def test_who_looks_alike_is_told_apart_where_fans_are_chosen(
    den: SnoozeScenario, handle: str, name: str, digits: str
) -> None:
    await stands_beside(den.database, handle, name)

    asking = await whom(den)

    assert f"Emma @quiet-otter{digits}" in options(asking)
    assert f"Emma @quiet-otter{digits}" in await until_question(den, asking)


async def until_question(den: SnoozeScenario, asking: BulkSnoozeQuestion) -> str:
    """The question after all were chosen."""
    assert asking.choice is not None
    values = list(options(asking).values())
    return told((await den.several.until(MINE, DraftId(asking.choice.ref), values, (CREATOR,))).post)
