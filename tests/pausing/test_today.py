"""/pause show: today's messages, and their texts only on a click."""

from bot.relay.errors import Refused
from storage import digests
from tests.pausing.lodge import NINA, OTTO, Lodge, here, words_of
from tests.relay.clockwork import EVENING
from tests.relay.worlds import CREATOR, EMMA, GUILD, MAYA, NOAH

DAY = 86_400_000


async def test_it_says_when_who_to_whom_and_how_far_and_never_what(lodge: Lodge) -> None:
    thread = await lodge.greeted()
    await lodge.greeted(NOAH)
    await lodge.say("the secret words")
    await lodge.turn()
    lodge.fanvue.faults.add("send", Refused("No."))
    await lodge.say("other words", NOAH, by=OTTO)
    await lodge.turn()
    await lodge.happen(lodge.echo(lodge.fanvue.write(CREATOR, EMMA.id, "by phone", by_creator=True)))

    page = await lodge.today.open(CREATOR, MAYA, GUILD)

    said, at = words_of(page), EVENING // 1000
    assert said.startswith("In the name of @lola today: 3")
    assert f"<t:{at}:t> · <@{NINA}> → Emma @quiet-otter · 3b6a · ✓ sent · <#{thread}>" in said
    assert f"<@{OTTO}> → Noah @loud-owl · 77e0 · not sent" in said
    assert "on Fanvue itself → Emma" in said
    assert "· written there" in said
    assert "words" not in said
    assert "phone" not in said


async def test_texts_come_with_a_click_of_whoever_asked_and_of_nobody_else(lodge: Lodge) -> None:
    await lodge.greeted()
    await lodge.say("the *secret* words")
    await lodge.turn()
    page = await lodge.today.open(CREATOR, MAYA, GUILD)

    texts = words_of(await lodge.press(page, "Show the texts"))
    other = words_of(await lodge.press(page, "Show the texts", by=OTTO))

    assert "> the *secret* words" in texts
    assert other == "This button belongs to nothing that is paused, or to a list that is closed."


async def test_many_are_on_pages_and_each_is_on_one(lodge: Lodge) -> None:
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


async def test_the_day_begins_at_midnight_of_the_creators_zone(lodge: Lodge) -> None:
    await lodge.greeted()
    await lodge.say("yesterday")
    await lodge.turn()
    lodge.clock.at += DAY

    without = words_of(await lodge.today.open(CREATOR, MAYA, GUILD))
    await lodge.database.write(lambda tx: digests.choose_zone(tx, CREATOR, "Pacific/Chatham"))
    lodge.clock.at = EVENING + 3_600_000
    with_zone = words_of(await lodge.today.open(CREATOR, MAYA, GUILD))

    assert without.startswith("In the name of @lola today: 0")
    assert with_zone.startswith("In the name of @lola today: 1")


async def test_a_pause_has_a_button_that_leads_there(lodge: Lodge) -> None:
    await lodge.greeted()
    await lodge.say("hi")
    await lodge.turn()
    paused = await lodge.pausing.creator(here(MAYA), CREATOR)

    page = words_of(await lodge.press(paused, "Today's messages"))

    assert f"<@{NINA}>: 1" in page
    assert EMMA.id[:4] in page
