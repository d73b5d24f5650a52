"""A program's post is published once a person has confirmed its preview."""

import asyncio
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.features.publishing.program_post_drafts.post_scenario import ProgramPostScenario
from tests.proofs.faults.live_bridge import labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_it_is_published_once_by_the_person_who_opened_it(writer: ProgramPostScenario) -> None:
    key, before = await writer.key(), writer.published()
    media = [writer.house.stage.media[5]]

    draft, line = await writer.drafted(
        key, text="New set *tonight*", media=media, price_cents=499, audience="followers-and-subscribers"
    )
    waiting = plain(line)
    preview = await writer.press(line, "Open")
    opened = preview.text
    unpublished = writer.published()
    await writer.confirms(preview, "Publish now")
    await writer.house.until(lambda: len(writer.published()) > len(before))
    (made,) = writer.published()[len(before) :]

    assert waiting.startswith("### Post drafted by n8n\n**Who sees it:** followers and subscribers\n")
    assert "1 item from the vault, for $4.99" in waiting
    assert "tonight" not in waiting  # its text is in the preview alone
    assert "New set" in opened
    assert "**Price:** $4.99 to unlock" in opened
    assert unpublished == before
    assert (made["text"], made["media"], made["price"]) == ("New set *tonight*", media, 499)
    assert made["audience"] == "followers-and-subscribers"
    owner = writer.house.stage.owner.user.id
    told = await writer.tells(key, draft)
    assert (told["state"], told["by"]) == ("taken", str(owner))
    await writer.ends(f"<@{owner}> opened it.")


async def test_of_two_who_open_it_one_has_it(writer: ProgramPostScenario) -> None:
    _, line = await writer.drafted(await writer.key(), text="one of us")

    answers = await asyncio.gather(*(writer.press(line, "Open") for _ in range(2)))

    said = sorted("no longer available" in answer.text for answer in answers)
    assert said == [False, True]


async def test_media_and_text_can_be_changed_before_it_is_published(writer: ProgramPostScenario) -> None:
    _, line = await writer.drafted(await writer.key(), text="with a picture, soon")

    preview = await writer.press(line, "Open")
    assert preview.message is not None
    shown = preview.message
    buttons = labels(shown)
    await writer.confirms(preview, "Media …")
    await writer.house.until(lambda: "Text …" in labels(shown))

    assert buttons == ["Publish now", "Media …", "Cancel"]


async def test_discarded_and_withdrawn_ones_cannot_be_opened(writer: ProgramPostScenario) -> None:
    key = await writer.key()
    discarded, first = await writer.drafted(key, text="no")
    said = await writer.press(first, "Discard")
    await writer.ends(f"discarded by <@{writer.house.stage.owner.user.id}>. Not published.")
    withdrawn, second = await writer.drafted(key, text="no")
    seen = deepcopy(second)  # a phone that has not heard of the change yet
    told = await writer.tells(key, withdrawn, "DELETE")
    late = await writer.press(seen, "Open")

    assert said.text == "Discarded. Not published."
    assert (await writer.tells(key, discarded))["state"] == "discarded"
    assert (told["state"], late.text) == ("withdrawn", "This draft is no longer available.")
    assert await writer.tells(key, withdrawn, "DELETE") == told


async def test_with_its_key_a_draft_ends(writer: ProgramPostScenario) -> None:
    key = await writer.key()
    await writer.drafted(key, text="no")

    await writer.writing.program.keys("revoke", key.split(".")[1])

    await writer.ends("expired. Not published.")


async def test_what_fanvue_cannot_publish_waits_and_is_read(writer: ProgramPostScenario) -> None:
    media = ["00000000-0000-4000-8000-000000000000"]
    key = await writer.key()
    draft, line = await writer.drafted(key, text="Look *at* this", media=media)
    seen = deepcopy(line)

    answer = await writer.press(line, "Open")

    assert "Not in the vault of" in answer.text
    assert "**The program wrote**\nLook \\*at\\* this" in answer.text
    assert "The draft is still in the channel" in answer.text
    assert (await writer.tells(key, draft))["state"] == "waiting"
    assert (await writer.press(seen, "Discard")).text == "Discarded. Not published."


async def test_who_may_not_publish_opens_and_writes_none(writer: ProgramPostScenario) -> None:
    key = await writer.key()
    draft, line = await writer.drafted(key, text="no")
    chatter = await writer.key("--role", "chatter")

    pressed = await writer.press(line, "Open", by="mara")
    refused = await writer.writes(chatter, text="no")

    assert pressed.text.startswith("You don't have access to this here.")
    assert (await writer.tells(key, draft))["state"] == "waiting"
    assert refused == (403, {"error": "The key's role may not publish posts."})


async def test_the_same_request_twice_is_one_draft(writer: ProgramPostScenario) -> None:
    key = await writer.key()

    first = await writer.writes(key, once="evening-1", text="hello")
    again = await writer.writes(key, once="evening-1", text="hello")
    other = await writer.writes(key, once="evening-1", text="something else")
    elsewhere = await writer.writing.ask("GET", f"/mass-drafts/{first[1]['id']}", key)

    assert (first[0], again) == (201, (200, first[1]))
    assert other == (422, {"error": "This Idempotency-Key belongs to another draft. Use a new one."})
    assert elsewhere == (404, {"error": "This key wrote no mass message with that id."})


async def test_a_planned_one_keeps_its_time(writer: ProgramPostScenario) -> None:
    at = (datetime.now(UTC) + timedelta(days=2)).replace(microsecond=0)
    ends = at + timedelta(days=7)

    _, line = await writer.drafted(
        await writer.key(), text="later", at=at.isoformat(), expires=ends.isoformat()
    )
    waiting = plain(line)
    preview = await writer.press(line, "Open")

    assert f"**Planned:** <t:{int(at.timestamp())}:f>" in waiting
    assert f"**Expires:** <t:{int(ends.timestamp())}:f>" in waiting
    assert f"{at:%H:%M}" in preview.text
    assert preview.message is not None
    assert "Schedule it" in labels(preview.message)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({}, "A post needs a text or media."),
        ({"text": "x" * 5_001}, "text: String should have at most 5000 characters"),
        ({"text": "x", "price_cents": 500}, "A price needs media to buy"),
        ({"text": "x", "media": ["m"]}, "“m” isn't an item of the vault."),
        ({"text": "x", "audience": "everyone"}, "audience: Input should be 'subscribers' or"),
        ({"text": "x", "at": "2026-12-01T10:00:00"}, "at: Input should have timezone info."),
        ({"text": "x", "at": "2020-12-01T10:00:00Z"}, "at: it must lie ahead"),
        ({"text": "x", "expires": "2999-12-01T10:00:00Z"}, "expires: it must lie ahead"),
        ({"text": "x", "collections": ["a, b"]}, "collections.0: String should match pattern"),
        ({"text": "x", "to": ["Fans"]}, "to: Extra inputs are not permitted."),
    ],
)
async def test_what_cannot_be_a_post_is_refused_in_words(
    writer: ProgramPostScenario, body: dict[str, Any], says: str
) -> None:
    status, answer = await writer.writes(await writer.key(), **body)

    assert (status, set(answer)) == (400, {"error"})
    assert says in answer["error"]


async def test_one_that_ends_before_it_begins_is_refused(writer: ProgramPostScenario) -> None:
    at = datetime.now(UTC) + timedelta(days=2)

    status, answer = await writer.writes(
        await writer.key(),
        text="x",
        at=at.isoformat(),
        expires=(at - timedelta(days=1)).isoformat(),
    )

    assert (status, "only expire after it is published" in answer["error"]) == (400, True)
