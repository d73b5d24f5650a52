"""A program's mass message reaches fans once a person has confirmed it."""

import asyncio
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.features.publishing.program_mass_drafts.mass_scenario import ProgramMassScenario
from tests.proofs.faults.live_bridge import PATIENCE, labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_it_is_sent_once_by_the_person_who_opened_it(writer: ProgramMassScenario) -> None:
    ada, bo, cy = (writer.house.fan(name) for name in ("Ada", "Bo", "Cy"))
    writer.list_of("Whales", ada, bo)
    writer.list_of("Sleeping", bo, cy)
    key, before = await writer.key(), writer.sent()
    media = [writer.house.stage.media[5]]

    draft, line = await writer.drafted(
        key, text="New set *tonight*", to=["Whales"], without=["Sleeping"], media=media, price_cents=499
    )
    waiting = plain(line)
    phone = await writer.opens(line)
    opened = phone.text
    preview = await phone.tap("Preview")
    unsent = writer.sent()
    await phone.tap(next(label for label in labels(phone.message) if label.startswith("Send")))
    await writer.house.until(lambda: len(writer.sent()) > len(before))
    (made,) = writer.sent()[len(before) :]

    assert waiting.startswith("### Mass message drafted by n8n\n**To:** Whales\n**Except:** Sleeping\n")
    assert "1 item from the vault, for $4.99" in waiting
    assert "tonight" not in waiting  # its text is in the draft alone
    assert "New set *tonight*" in opened
    assert "**To** Whales (2 fans)\n**Except** Sleeping (2 fans)" in opened
    assert "Nothing is done yet." in preview
    assert unsent == before
    assert (made["text"], made["media"], made["price"]) == ("New set *tonight*", media, 499)
    assert made["recipients"] == [ada.uuid]
    owner = writer.house.stage.owner.user.id
    told = await writer.tells(key, draft)
    assert (told["state"], told["by"]) == ("taken", str(owner))
    await writer.house.until(
        lambda: f"Mass message drafted by n8n: <@{owner}> opened it." in map(plain, writer.house.reports())
    )


async def test_what_was_sent_names_its_program_and_says_how_much_was_changed(
    writer: ProgramMassScenario,
) -> None:
    writer.list_of("Named", writer.house.fan("Nia"))
    key, before, stage = await writer.key(), len(writer.sent()), writer.house.stage

    _, other = await writer.drafted(key, text="something else", to=["Named"])
    await writer.opens(other)
    draft, line = await writer.drafted(key, text="{creator} two three four", to=["Named"])
    phone = await writer.opens(line)
    await phone.tap("Start over")
    await phone.fill("Write", text="{creator} two three five")
    await phone.tap("Preview")
    unsent = (await writer.tells(key, draft))["sent"]
    await phone.tap(next(label for label in labels(phone.message) if label.startswith("Send")))
    await writer.house.until(lambda: len(writer.sent()) > before and "Mass message sent" in phone.text)
    sent = (await writer.tells(key, draft))["sent"]
    board = await (await stage.owner.slash(stage.guild, stage.lobby, "mass show")).done(PATIENCE)
    audit = await (await stage.owner.slash(stage.guild, stage.lobby, "team audit")).done(PATIENCE)

    assert unsent is None
    assert (sent["changed"]["use"], sent["changed"]["parts"]) == ("edited", ["text"])
    assert sent["by"] == str(stage.owner.user.id)
    said = f" · Draft by n8n: edited, {sent['changed']['words_kept']}% of the words kept"
    assert said in board.text
    assert f"confirmed what a program had drafted{said}" in audit.text
    assert "two three" not in audit.text


async def test_of_two_who_open_it_one_has_it(writer: ProgramMassScenario) -> None:
    writer.list_of("Two", writer.house.fan("Dee"))
    _, line = await writer.drafted(await writer.key(), text="one of us", to=["Two"])

    answers = await asyncio.gather(*(writer.press(line, "Open") for _ in range(2)))

    said = sorted("no longer available" in answer.text for answer in answers)
    assert said == [False, True]


async def test_a_draft_of_ones_own_is_not_lost_to_it(writer: ProgramMassScenario) -> None:
    writer.list_of("Mine", writer.house.fan("Eve"))
    _, line = await writer.drafted(await writer.key(), text="from the program", to=["Mine"])
    phone = await writer.opens(line)
    if "Start over" in labels(phone.message):
        await phone.tap("Start over")
    await phone.fill("Write", text="my own words")
    _, other = await writer.drafted(await writer.key(), text="another one", to=["Mine"])

    asked = await writer.opens(other)
    kept = await asked.tap("Go on")

    assert "my own words" in kept


async def test_discarded_withdrawn_and_expired_ones_cannot_be_opened(writer: ProgramMassScenario) -> None:
    writer.list_of("Nobody", writer.house.fan("Fay"))
    key = await writer.key()
    discarded, first = await writer.drafted(key, text="no", to=["Nobody"])
    said = await writer.press(first, "Discard")
    await writer.house.until(lambda: writer.lines() == [])
    withdrawn, second = await writer.drafted(key, text="no", to=["Nobody"])
    seen = deepcopy(second)  # a phone that has not heard of the change yet
    told = await writer.tells(key, withdrawn, "DELETE")
    late = await writer.press(seen, "Open")
    again = await writer.tells(key, withdrawn, "DELETE")

    assert said.text == "Discarded. Not sent."
    assert (await writer.tells(key, discarded))["state"] == "discarded"
    assert (told["state"], again) == ("withdrawn", told)
    assert late.text == "This draft is no longer available."


async def test_with_its_key_a_draft_ends(writer: ProgramMassScenario) -> None:
    writer.list_of("Few", writer.house.fan("Gil"))
    key = await writer.key()
    _, line = await writer.drafted(key, text="no", to=["Few"])
    seen = deepcopy(line)

    await writer.writing.program.keys("revoke", key.split(".")[1])
    late = await writer.press(seen, "Open")
    await writer.house.until(lambda: writer.lines() == [])

    assert late.text.startswith("The key of the program that wrote this is no longer valid") or (
        late.text == "This draft is no longer available."
    )
    assert "Mass message drafted by n8n: expired. Not sent." in map(plain, writer.house.reports())


async def test_who_may_not_send_mass_messages_opens_and_writes_none(writer: ProgramMassScenario) -> None:
    writer.list_of("Closed", writer.house.fan("Hal"))
    key = await writer.key()
    draft, line = await writer.drafted(key, text="no", to=["Closed"])
    chatter = await writer.key("--role", "chatter")

    pressed = await writer.press(line, "Open", by="mara")
    refused = await writer.writes(chatter, text="no", to=["Closed"])

    assert pressed.text.startswith("You don't have access to this here.")
    assert (await writer.tells(key, draft))["state"] == "waiting"
    assert refused == (403, {"error": "The key's role may not send mass messages."})


async def test_the_same_request_twice_is_one_draft(writer: ProgramMassScenario) -> None:
    writer.list_of("Once", writer.house.fan("Ian"))
    key = await writer.key()

    first = await writer.writes(key, once="evening-1", text="hello", to=["Once"])
    again = await writer.writes(key, once="evening-1", text="hello", to=["Once"])
    other = await writer.writes(key, once="evening-1", text="something else", to=["Once"])

    assert (first[0], again) == (201, (200, first[1]))
    assert other == (422, {"error": "This Idempotency-Key belongs to another draft. Use a new one."})


async def test_a_planned_one_keeps_its_time(writer: ProgramMassScenario) -> None:
    writer.list_of("Later", writer.house.fan("Jo"))
    at = (datetime.now(UTC) + timedelta(days=2)).replace(microsecond=0)

    _, line = await writer.drafted(await writer.key(), text="later", to=["Later"], at=at.isoformat())
    waiting = plain(line)
    phone = await writer.opens(line)
    if "Start over" in labels(phone.message):
        await phone.tap("Start over")

    assert f"**Planned:** <t:{int(at.timestamp())}:f>" in waiting
    assert f"{at:%H:%M}" in phone.text


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"text": "hello"}, "to: Field required."),
        ({"text": "hello", "to": []}, "to: List should have at least 1 item"),
        ({"text": "hello", "to": ["a"] * 11}, "to: List should have at most 10 items"),
        ({"text": "hello", "to": ["a, b"]}, "to.0: String should match pattern"),
        ({"text": "", "to": ["a"]}, "There is nothing to send yet."),
        ({"text": "x" * 5_001, "to": ["a"]}, "text: String should have at most 5000 characters"),
        (
            {"text": "x", "to": ["a"], "price_cents": 100, "media": ["m"]},
            "below Fanvue's lowest price, $3.00",
        ),
        ({"text": "x", "to": ["a"], "price_cents": 500}, "A price needs media to buy"),
        ({"text": "x", "to": ["a"], "at": "tomorrow"}, "at: Input should be a valid datetime"),
        ({"text": "x", "to": ["a"], "at": "2026-12-01T10:00:00"}, "at: Input should have timezone info."),
        ({"text": "x", "to": ["a"], "at": "2020-12-01T10:00:00Z"}, "at: it must lie ahead"),
        ({"text": "x", "to": ["a"], "at": "2999-12-01T10:00:00Z"}, "at: it must lie ahead"),
        ({"text": "x", "to": ["a"], "confirm": True}, "confirm: Extra inputs are not permitted."),
    ],
)
async def test_what_cannot_be_a_mass_message_is_refused_in_words(
    writer: ProgramMassScenario, body: dict[str, Any], says: str
) -> None:
    status, answer = await writer.writes(await writer.key(), **body)

    assert (status, set(answer)) == (400, {"error"})
    assert says in answer["error"]


async def test_twenty_may_wait(writer: ProgramMassScenario) -> None:
    writer.list_of("Many", writer.house.fan("Kay"))
    keys = [await writer.key(), await writer.key()]

    answers = [await writer.writes(keys[number % 2], text=f"n{number}", to=["Many"]) for number in range(21)]

    assert [status for status, _ in answers] == [201] * 20 + [429]
    assert "20 mass messages wait" in answers[-1][1]["error"]
    await writer.house.until(lambda: len(writer.lines()) == 20)
