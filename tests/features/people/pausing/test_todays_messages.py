"""/pause show: today's messages, and their texts only on a click."""

from bot.engine.outbox import EffectRequest
from bot.model.errors import DeliveryRefused
from storage.database import Transaction
from storage.engine.sends import ASKS, CHANGES, HARMLESS
from storage.money import digests
from storage.records import EffectId, Stream
from tests.features.people.pausing.pausing_scenario import NINA, OTTO, PausingScenario, here, words_of
from tests.relay.clock_fixtures import EVENING
from tests.relay.namesake_fixtures import NAMESAKES, stands_beside
from tests.relay.relay_scenario import CREATOR, EMMA, GUILD, MAYA, NOAH

DAY = 86_400_000


async def test_it_says_when_who_to_whom_and_how_far_and_never_what(lodge: PausingScenario) -> None:
    thread = await lodge.greeted()
    await lodge.greeted(NOAH)
    await lodge.say("the secret words")
    await lodge.turn()
    lodge.fanvue.faults.add("send", DeliveryRefused("No."))
    await lodge.say("other words", NOAH, by=OTTO)
    await lodge.turn()
    await lodge.happen(lodge.echo(lodge.fanvue.write(CREATOR, EMMA.id, "by phone", by_creator=True)))

    page = await lodge.today.open(CREATOR, MAYA, GUILD)

    said, at = words_of(page), EVENING // 1000
    assert said.startswith("In the name of @lola today: 2 sent · 1 waiting or not done\n")
    assert f"<t:{at}:t> · <@{NINA}> → Emma @quiet-otter · ✓ sent · <#{thread}>" in said
    assert f"<@{OTTO}> → Noah @loud-owl · not sent" in said
    assert "on Fanvue itself → Emma" in said
    assert "· written there" in said
    assert "words" not in said
    assert "phone" not in said


async def test_what_only_reads_fanvue_is_not_counted_and_no_pause_holds_it_or_asks_about_it(
    lodge: PausingScenario,
) -> None:
    await lodge.greeted()
    await lodge.say("hi")
    await lodge.turn()
    await lodge.pause()
    for kind in HARMLESS:
        await added(lodge, kind)

    page = words_of(await lodge.today.open(CREATOR, MAYA, GUILD))

    assert page.startswith("In the name of @lola today: 1 sent\n")
    assert "many" not in page
    assert "No messages were held." in words_of(await lodge.off())


async def test_what_changes_something_there_is_counted_apart_from_what_was_sent(
    lodge: PausingScenario,
) -> None:
    await lodge.greeted()
    await lodge.say("hi")
    await lodge.turn()
    for kind in (*CHANGES, *ASKS):
        await done(lodge, await added(lodge, kind))

    page = words_of(await lodge.today.open(CREATOR, MAYA, GUILD))

    assert page.startswith(f"In the name of @lola today: 1 sent · {len(CHANGES)} changes\n<@{NINA}>: 1\n")


async def added(lodge: PausingScenario, kind: str) -> EffectId:
    """Something of this kind waits to be done on Fanvue."""
    wanted = EffectRequest(
        network="fanvue",
        kind=kind,
        stream=Stream(f"test:{kind}"),
        creator=CREATOR,
        cause=f"test:{kind}",
        part="it",
        body={},
    )
    effect = await lodge.database.write(lambda tx: lodge.effects.add(tx, wanted))
    assert effect is not None
    return effect


async def done(lodge: PausingScenario, effect: EffectId) -> None:
    """It took place."""

    async def work(tx: Transaction) -> None:
        sql = "UPDATE outbox SET state = 'done', settled_at = :now WHERE id = :id"
        await tx.execute(sql, id=effect, now=EVENING)

    await lodge.database.write(work)


async def test_texts_come_with_a_click_of_whoever_asked_and_of_nobody_else(lodge: PausingScenario) -> None:
    await lodge.greeted()
    await lodge.say("the *secret* words")
    await lodge.turn()
    page = await lodge.today.open(CREATOR, MAYA, GUILD)

    texts = words_of(await lodge.press(page, "Show the texts"))
    other = words_of(await lodge.press(page, "Show the texts", by=OTTO))

    assert "> the *secret* words" in texts
    assert other == "This button has expired. Run /pause show again."


async def test_many_are_on_pages_and_each_is_on_one(lodge: PausingScenario) -> None:
    await lodge.greeted()
    for number in range(19):
        await lodge.say(f"number {number};")
    await lodge.turn()

    page = await lodge.press(await lodge.today.open(CREATOR, MAYA, GUILD), "Show the texts")
    pages = [words_of(page)]
    for _ in range(2):
        page = await lodge.press(page, "More")
        pages.append(words_of(page))

    assert [said.count("> number") for said in pages] == [8, 8, 3]
    assert all(sum(f"> number {number};" in said for said in pages) == 1 for number in range(19))


async def test_the_day_begins_at_midnight_of_the_creators_zone(lodge: PausingScenario) -> None:
    await lodge.greeted()
    await lodge.say("yesterday")
    await lodge.turn()
    lodge.clock.at += DAY

    without = words_of(await lodge.today.open(CREATOR, MAYA, GUILD))
    await lodge.database.write(lambda tx: digests.choose_zone(tx, CREATOR, "Pacific/Chatham"))
    lodge.clock.at = EVENING + 3_600_000
    with_zone = words_of(await lodge.today.open(CREATOR, MAYA, GUILD))

    assert without.startswith("In the name of @lola today: 0 sent\n")
    assert with_zone.startswith("In the name of @lola today: 1 sent\n")


async def test_a_pause_has_a_button_that_leads_there(lodge: PausingScenario) -> None:
    await lodge.greeted()
    await lodge.say("hi")
    await lodge.turn()
    paused = await lodge.pausing.creator(here(MAYA), CREATOR)

    page = words_of(await lodge.press(paused, "Today's messages"))

    assert f"<@{NINA}>: 1" in page
    assert "→ Emma @quiet-otter · ✓ sent" in page


@NAMESAKES
async def test_a_line_names_its_fan_so_that_nobody_else_is_meant(
    lodge: PausingScenario, handle: str, name: str, digits: str
) -> None:
    await lodge.greeted()
    await stands_beside(lodge.database, handle, name)
    await lodge.say("hi")
    await lodge.turn()
    await lodge.happen(lodge.echo(lodge.fanvue.write(CREATOR, EMMA.id, "by phone", by_creator=True)))

    said = words_of(await lodge.today.open(CREATOR, MAYA, GUILD))

    assert f"<@{NINA}> → Emma @quiet-otter{digits} · ✓ sent" in said
    assert f"on Fanvue itself → Emma @quiet-otter{digits} · written there" in said
