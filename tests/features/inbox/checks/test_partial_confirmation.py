"""More is new than fits: a yes covers what was shown, and the rest is asked next."""

from bot.discord.message_bodies import edit_of
from bot.model.ports import Post
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from tests.features.inbox.checks.checks_scenario import NINA, ChecksScenario, words
from tests.features.inbox.checks.test_colleague import claims
from tests.features.inbox.checks.test_stale_drafts import ready
from tests.relay.relay_scenario import CREATOR


async def presses_until_sent(house: ChecksScenario, asked: Post | str) -> list[str]:
    """Send, as often as something is asked: what each question said."""
    said = []
    while isinstance(asked, Post):
        said.append(words(asked))
        assert edit_of(asked)  # raises where Discord would not take it
        asked = await house.presses("Send", asked)
    await house.turn()
    return said


async def test_send_covers_only_the_lines_that_were_shown(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    for number in range(30):
        await house.fan_writes(f"line {number}. " + "word " * 60)

    said = await presses_until_sent(house, await house.types("my answer", window))

    shown = [[number for number in range(30) if f"line {number}." in one] for one in said]
    assert [number for page in shown for number in page] == list(range(30))
    assert all(page for page in shown)
    assert "30 new messages" in said[0]
    assert f"These are the oldest {len(shown[0])}: Send shows the others" in said[0]
    assert "you see the other new messages before anything is sent" in said[0]
    assert "Send shows" not in said[-1]
    assert house.texts() == ["my answer"]


async def test_many_short_lines_are_one_question(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    for number in range(12):
        await house.fan_writes(f"line {number}.")

    said = await presses_until_sent(house, await house.types("my answer", window))

    assert len(said) == 1
    assert all(f"line {number}." in said[0] for number in range(12))


async def test_long_news_leave_room_for_the_question_about_a_colleague(house: ChecksScenario) -> None:
    await ready(house)
    window = await house.opens()
    for number in range(9):
        await house.fan_writes(f"line {number}. " + "word " * 100)
    await claims(house, NINA)

    said = await presses_until_sent(house, await house.types("my answer", window))

    assert f"<@{NINA}> has been answering this fan" in said[0]
    assert not any("has been answering" in one for one in said[1:])
    assert house.texts() == ["my answer"]


async def test_the_audit_has_every_line_whose_text_was_opened_and_no_other(house: ChecksScenario) -> None:
    await ready(house)
    await house.database.write(
        lambda tx: privacy_modes.choose(tx, CREATOR, PrivacyMode.PRIVATE, since=house.clock.now())
    )
    window = await house.opens()
    await house.pass_time(1)
    for number in range(9):
        await house.fan_writes(f"line {number}. " + "word " * 60)

    asked = await house.types("my answer", window)
    first = [line.cause for line in await house.audit() if line.action == "hidden.show"]
    await presses_until_sent(house, asked)
    looked = [line.cause for line in await house.audit() if line.action == "hidden.show"]

    assert len(first) == words(asked).count("line ")
    assert 1 < len(first) < 9
    assert len(looked) == len(set(looked)) == 9
