"""A program's template can be used once a person has read and saved it."""

from copy import deepcopy
from typing import Any

import pytest

from tests.features.inbox.program_template_drafts.template_scenario import ProgramTemplateScenario
from tests.proofs.faults.live_bridge import PATIENCE, plain

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_it_is_the_teams_once_somebody_has_read_and_saved_it(writer: ProgramTemplateScenario) -> None:
    key, media = await writer.key(), [writer.house.stage.media[5], writer.house.stage.media[4]]

    draft, line = await writer.drafted(
        key, name="Good night", text="Sleep well, {fan_name}!", media=media, preview=media[0], price_cents=499
    )
    waiting, unsaved = plain(line), await writer.shown("good night")
    window = await writer.opens(line)
    read = str(window.modal)
    half_way = (await writer.tells(key, draft))["state"]
    saved = await writer.saves(window, text="Sleep tight, {fan_name}!")
    kept = await writer.shown("good night")

    assert waiting.startswith(
        "### Template drafted by n8n\n**Name:** Good night\n2 items from the vault, for $4.99"
    )
    assert "Sleep" not in waiting  # its text is in the window alone
    assert unsaved.startswith("This creator has no such template.")
    assert "Sleep well, {fan_name}!" in read
    assert half_way == "waiting"  # a window that is closed loses nothing
    assert "Saved: Good night" in saved.text
    assert "Sleep tight" in kept
    assert "2 items from the vault, with a free preview" in kept
    owner = writer.house.stage.owner.user.id
    told = await writer.tells(key, draft)
    assert (told["state"], told["by"]) == ("taken", str(owner))
    await writer.ends(f"<@{owner}> saved it.")


async def test_of_two_windows_one_saves_and_one_keeps_its_words(
    writer: ProgramTemplateScenario,
) -> None:
    _, line = await writer.drafted(await writer.key(), name="Two", text="from the program")
    first, second = await writer.opens(line), await writer.opens(line)

    saved = await writer.saves(first)
    late = await writer.saves(second, name="Another name", text="my own words")

    assert "Saved: Two" in saved.text
    assert "This draft is no longer available. Not saved." in late.text
    assert "my own words" in late.text
    assert (await writer.shown("another name")).startswith("This creator has no such template.")


async def test_a_template_of_that_name_is_never_written_over(writer: ProgramTemplateScenario) -> None:
    key = await writer.key()
    draft, line = await writer.drafted(key, name="Mine", text="from the program")
    window = await writer.opens(line)
    stage = writer.house.stage
    own = await stage.owner.slash(stage.guild, stage.lobby, "template add")
    await own.opened(PATIENCE)
    await writer.saves(own, name="mine", text="what the team wrote")

    refused = await writer.writes(key, name="MINE", text="again")
    late = await writer.saves(window)
    waits = (await writer.tells(key, draft))["state"]
    other = await writer.saves(await writer.opens(line), name="Mine, too")

    assert refused == (
        409,
        {"error": "The creator has a template of that name already. Choose another one."},
    )
    assert "There is already a template “mine”." in late.text
    assert "from the program" in late.text
    assert "what the team wrote" in await writer.shown("mine")
    assert waits == "waiting"
    assert "Saved: Mine, too" in other.text


async def test_discarded_and_withdrawn_ones_cannot_be_saved(
    writer: ProgramTemplateScenario,
) -> None:
    key = await writer.key()
    discarded, first = await writer.drafted(key, name="One", text="no")
    said = await writer.press(first, "Discard")
    await writer.ends(f"discarded by <@{writer.house.stage.owner.user.id}>. Not saved.")
    withdrawn, second = await writer.drafted(key, name="One", text="no")
    seen = deepcopy(second)  # a phone that has not heard of the change yet
    window = await writer.opens(second)
    told = await writer.tells(key, withdrawn, "DELETE")
    late = await writer.press(seen, "Open")
    sent = await writer.saves(window)

    assert said.text == "Discarded. Not saved."
    assert (await writer.tells(key, discarded))["state"] == "discarded"
    assert (told["state"], late.text) == ("withdrawn", "This draft is no longer available.")
    assert "This draft is no longer available. Not saved." in sent.text


async def test_with_its_key_a_draft_ends(writer: ProgramTemplateScenario) -> None:
    key = await writer.key()
    await writer.drafted(key, name="Key", text="no")

    await writer.writing.program.keys("revoke", key.split(".")[1])

    await writer.ends("expired. Not saved.")


async def test_who_may_not_write_templates_opens_and_drafts_none(writer: ProgramTemplateScenario) -> None:
    _, line = await writer.drafted(await writer.key(), name="Closed", text="no")
    chatter = await writer.key("--role", "chatter")

    pressed = await writer.press(line, "Open", by="mara")
    refused = await writer.writes(chatter, name="Closed", text="no")

    assert pressed.text.startswith("You don't have access to this here.")
    assert refused == (403, {"error": "The key's role may not write templates."})


async def test_the_same_request_twice_is_one_draft(writer: ProgramTemplateScenario) -> None:
    key = await writer.key()

    first = await writer.writes(key, once="a", name="Once", text="hello")
    again = await writer.writes(key, once="a", name="Once", text="hello")
    other = await writer.writes(key, once="a", name="Once", text="something else")

    assert (first[0], again) == (201, (200, first[1]))
    assert other[0] == 422


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"text": "x"}, "name: Field required."),
        ({"name": " ", "text": "x"}, "A template needs a name"),
        ({"name": "n" * 51, "text": "x"}, "name: String should have at most 50 characters"),
        ({"name": "n"}, "There is nothing to send yet."),
        ({"name": "n", "text": "x" * 4_001}, "text: String should have at most 4000 characters"),
        ({"name": "n", "text": "Dear {boss}"}, "{boss}"),
        ({"name": "n", "text": "x", "price_cents": 500}, "A price needs media to buy"),
        ({"name": "n", "text": "x", "shared": True}, "shared: Extra inputs are not permitted."),
    ],
)
async def test_what_cannot_be_a_template_is_refused_in_words(
    writer: ProgramTemplateScenario, body: dict[str, Any], says: str
) -> None:
    status, answer = await writer.writes(await writer.key(), **body)

    assert (status, set(answer)) == (400, {"error"})
    assert says in answer["error"]
