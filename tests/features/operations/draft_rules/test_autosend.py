"""An owner lets drafts leave without a press, and everybody can see and stop it."""

from typing import Any

import pytest

from tests.features.operations.draft_rules.autosend_scenario import AutosendScenario

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_draft_leaves_without_a_press_once_its_owner_has_said_yes(writer: AutosendScenario) -> None:
    fan, key = writer.house.fan("Ruth"), await writer.key()
    question = (await writer.sets(limit=20, wait=1)).text
    off = (await writer.sets()).text
    on = await writer.allows(limit=20, wait=1)
    await writer.house.greeted(fan)
    draft = await writer.answers(key, fan, "Sleep well, Ruth")
    await writer.house.shows(fan, "✓ Sent")
    told = await writer.told(key, draft)

    assert "without anyone pressing Send" in question
    assert "**Up to 20 a day, at any time, each after 1 minute**" in question
    assert off == "Off: a person sends each draft."
    assert on == "Replies: Up to 20 a day, at any time, each after 1 minute"
    assert [message.text for message in fan.inbox()] == ["Sleep well, Ruth"]
    owner = writer.house.stage.owner.user.id
    assert (told["state"], told["by"]) == ("taken", str(owner))
    assert writer.house.with_words(fan, "The owner's rule, draft by n8n")
    settings = (await writer.commands("settings show")).text
    assert "**Automatic sending of drafts**\nReplies: Up to 20 a day" in settings
    audit = (await writer.commands("team audit")).text
    assert "sent a draft by the owner's rule" in audit
    assert "set which drafts are sent automatically" in audit


async def test_a_pause_stops_it_and_the_draft_waits_for_people(writer: AutosendScenario) -> None:
    fan, key = writer.house.fan("Paul"), await writer.key()
    await writer.allows(limit=20, wait=5)  # time for the pause, on a busy machine too
    await writer.house.greeted(fan)
    draft = await writer.answers(key, fan, "not now")
    await writer.commands("pause creator")
    try:
        await writer.house.shows(fan, "Not sent by the owner's rule.")
        line = writer.house.with_words(fan, "not now")
    finally:
        await writer.commands("pause off")

    assert fan.inbox() == []
    assert await writer.state(key, draft) == "waiting"
    assert any("Paused by" in words for words in line)


async def test_who_discards_it_before_has_the_last_word(writer: AutosendScenario) -> None:
    fan, key = writer.house.fan("Dora"), await writer.key()
    await writer.allows(limit=20, wait=60)
    await writer.house.greeted(fan)
    draft = await writer.answers(key, fan, "no thanks")
    line = writer.line(fan)
    await writer.press(line, "Discard")
    await writer.gone(fan)

    assert await writer.state(key, draft) == "discarded"
    assert fan.inbox() == []


async def test_with_limit_0_it_is_off_at_once(writer: AutosendScenario) -> None:
    fan, key = writer.house.fan("Olaf"), await writer.key()
    await writer.allows(limit=3, wait=1)
    said = (await writer.sets(limit=0)).text
    await writer.house.greeted(fan)
    await writer.answers(key, fan, "only by a press")

    assert said == "Off: a person sends each draft."
    assert any("presses Send" in words for words in writer.house.with_words(fan, "only by a press"))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"limit": 5, "from": "22:00"}, "Give both from and until"),
        ({"limit": 5, "from": "25:00", "until": "08:00"}, "“25:00” is not a time of day."),
        ({"limit": 5, "from": "22:00", "until": "late"}, "“late” is not a time of day."),
    ],
)
async def test_hours_that_are_none_are_refused_in_words(
    writer: AutosendScenario, typed: dict[str, Any], says: str
) -> None:
    answer = await writer.sets(**typed)

    assert says in answer.text.replace("\\", "")
    assert (await writer.sets()).text == "Off: a person sends each draft."


async def test_hours_are_shown_with_the_zone_that_they_are_of(writer: AutosendScenario) -> None:
    said = await writer.allows(limit=7, until="08:00", **{"from": "22"})

    assert said.startswith("Replies: Up to 7 a day, 22:00 to 08:00 (")
    assert said.endswith("), each after 5 minutes")


async def test_nobody_but_the_owner_decides(writer: AutosendScenario) -> None:
    answer = await writer.sets(by="mara", limit=5)

    assert "without anyone pressing" not in answer.text
    assert (await writer.sets()).text == "Off: a person sends each draft."


async def test_what_no_event_told_keeps_it_for_people(writer: AutosendScenario) -> None:
    fan, key = writer.house.fan("Stan"), await writer.key()
    faults = writer.house.stage.fanvue.faults
    await writer.allows(limit=20, wait=1)
    await writer.house.greeted(fan)
    draft = await writer.answers(key, fan, "come closer")
    faults.webhooks.off = True
    faults.add("too_many", "GET", "/chats$", count=None)
    try:
        await fan.write("STOP, my wife reads this phone")
        await writer.house.shows(fan, "Not sent by the owner's rule. Someone has written since.")
        await writer.house.shows(fan, "STOP, my wife reads this phone")
    finally:
        faults.clear()

    assert fan.inbox() == []
    assert await writer.state(key, draft) == "waiting"


async def test_a_chat_that_cannot_be_read_keeps_it_for_people(writer: AutosendScenario) -> None:
    fan, key = writer.house.fan("Rita"), await writer.key()
    faults = writer.house.stage.fanvue.faults
    await writer.allows(limit=20, wait=1)
    await writer.house.greeted(fan)
    draft = await writer.answers(key, fan, "read me first")
    faults.add("too_many", "GET", "/messages$", count=None)
    try:
        await writer.house.shows(fan, "We couldn't read this chat on Fanvue, so only a press sends this")
    finally:
        faults.clear()

    assert fan.inbox() == []
    assert await writer.state(key, draft) == "waiting"
