"""A field typed by hand is filled in or refused: no fan ever reads its braces."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.fanvue.people import StandInFan
from bot.text.template_variables import BadTemplateText, fill_typed
from tests.features.inbox.templates.test_shared_texts import by_owner, confirmed
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import LiveBridge, labels

VALUES = {"fan_name": "Ada", "handle": None, "creator": "Luna", "month": "May", "weekday": "Monday"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("hi {fan_name}!", "hi Ada!"),
        ("hi {{ Fan_Name }}!", "hi Ada!"),
        ("hi {fan_name|love}, {handle|you}", "hi Ada, you"),
        ("{weekday} with {creator}", "Monday with Luna"),
        (":-{ as in {1, 2} or {}", ":-{ as in {1, 2} or {}"),
    ],
)
def test_a_known_field_is_filled_in_and_other_braces_stay(typed: str, read: str) -> None:
    assert fill_typed(typed, VALUES) == read


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (
            "hi {first_name}",
            "is not a field. Fields here: {fan_name}, {handle}, {creator}, {month}, {weekday}",
        ),
        ("hi {handle}", "We don't know what to write for {handle} here. Add what to say instead"),
        ("hi { {fan_name} }", "Remove its braces."),
        ("hi {naïve|x}", "is not a field."),
    ],
)
def test_what_cannot_be_filled_in_is_refused_with_what_to_write(typed: str, why: str) -> None:
    with pytest.raises(BadTemplateText) as refused:
        fill_typed(typed, VALUES)

    assert why in str(refused.value)


# ── by the front door ──


house = own_house()


def got(fan: StandInFan) -> list[str | None]:
    """What the fan has received."""
    return [message.text for message in fan.inbox()]


def made(house: LiveBridge) -> list[int]:
    """How many of everything that many read."""
    ledger = house.stage.fanvue.ledger
    return [len(ledger.of(kind)) for kind in ("mass", "post", "mass_change", "comment")]


async def private(house: LiveBridge, command: str, **options: object) -> str:
    """What the owner is told."""
    return (await by_owner(house, command, **options)).text


@pytest.mark.asyncio(loop_scope="module")
async def test_a_reply_has_the_fans_name_whichever_way_it_was_typed(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    thread = await house.greeted(fan)

    await house.reply(thread, text="hi {fan_name}")
    await house.until(lambda: len(got(fan)) == 1)
    answer: InteractionAnswer = await house.click(thread, "Reply")
    await house.stage.members["mara"].submit(answer, {"text": "{{fan_name}}, it is {weekday|today}"})
    await house.until(lambda: len(got(fan)) == 2)

    first, second = got(fan)
    assert first == "hi Ada"
    assert second is not None
    assert second.startswith("Ada, it is ")
    assert second.endswith("day")


@pytest.mark.asyncio(loop_scope="module")
async def test_a_reply_to_a_fan_without_a_name_asks_for_one_and_sends_nothing(house: LiveBridge) -> None:
    fan = house.fan("🦊🦊")
    thread = await house.greeted(fan)

    asked = await house.reply(thread, text="hi {fan_name}")
    unknown = await house.reply(thread, text="hi {first_name}")
    await house.reply(thread, text="hi {fan_name|you}")
    await house.until(lambda: bool(got(fan)))

    assert "We don't know what to write for {fan_name} here" in asked.text.replace("\\", "")
    assert "{first_name} is not a field" in unknown.text.replace("\\", "")
    assert got(fan) == ["hi you"]


@pytest.mark.asyncio(loop_scope="module")
async def test_what_many_read_has_no_field_of_one_fan_and_says_which_there_are(house: LiveBridge) -> None:
    before = made(house)
    asked = [
        await private(house, "mass new", to="subscribers", text="hi {fan_name}"),
        await private(house, "mass new", text="hi {fan_name}"),
        await private(house, "post new", text="hi {fan_name}"),
    ]
    unknown = [
        await private(house, "mass new", to="subscribers", text="hi {first_name}"),
        await private(house, "post new", text="hi {first_name}"),
    ]

    fields = "{creator}, {month}, {weekday}"
    for one in asked:
        assert "Everyone gets the same text" in one
        assert fields in one.replace("\\", "")
    assert all(f"is not a field. Fields here: {fields}" in one.replace("\\", "") for one in unknown)
    assert made(house) == before


@pytest.mark.asyncio(loop_scope="module")
async def test_what_many_may_read_is_filled_in_before_the_preview(house: LiveBridge) -> None:
    answer = await by_owner(house, "mass new", to="subscribers", text="hi {fan_name|love} from {creator}")
    shown = answer.text
    await confirmed(house, answer, "Send")
    ledger = house.stage.fanvue.ledger
    await house.until(lambda: bool(ledger.of("mass")))
    post = await by_owner(house, "post new", text="{creator} is here")
    await confirmed(house, post, "Publish")
    await house.until(lambda: bool(ledger.of("post")))

    assert "hi love from Luna Rivers" in shown
    assert ledger.of("mass")[-1]["text"] == "hi love from Luna Rivers"
    assert ledger.of("post")[-1]["text"] == "Luna Rivers is here"


@pytest.mark.asyncio(loop_scope="module")
async def test_a_draft_tried_on_one_fan_reads_as_everyone_would_read_it(house: LiveBridge) -> None:
    fan = house.fan("Bo")
    await house.greeted(fan)
    phone = PhoneStandIn(house)
    await phone.mass()
    if "Start over" in labels(phone.message):
        await phone.tap("Start over")
    await phone.fill("Write", text="hi {fan_name|love} from {creator}")
    await phone.fill("Test to one fan", fan=fan.handle)
    asked = phone.text
    await phone.tap("Send to this one fan")
    await house.until(lambda: bool(got(fan)))

    assert "hi love from Luna Rivers" in asked
    assert got(fan) == ["hi love from Luna Rivers"]


@pytest.mark.asyncio(loop_scope="module")
async def test_a_change_of_what_many_read_is_filled_in_or_refused_too(house: LiveBridge) -> None:
    ledger = house.stage.fanvue.ledger
    planned = await by_owner(house, "mass new", to="subscribers", text="later", when="in 2 hours")
    number = len(ledger.of("mass"))
    await confirmed(house, planned, "Schedule")
    await house.until(lambda: len(ledger.of("mass")) > number)
    message = str(ledger.of("mass")[-1]["uuid"])
    refused = await private(house, "mass change", campaign=message, text="hi {fan_name}")
    changed = await by_owner(house, "mass change", campaign=message, text="by {creator}")
    await confirmed(house, changed, "Change it")
    await house.until(lambda: bool(ledger.of("mass_change")))
    post = await by_owner(house, "post new", text="first")
    number = len(ledger.of("post"))
    await confirmed(house, post, "Publish")
    await house.until(lambda: len(ledger.of("post")) > number)
    which = str(ledger.of("post")[-1]["uuid"])
    edited = await by_owner(house, "post edit", post=which, text="by {creator}")
    no_edit = await private(house, "post edit", post=which, text="hi {first_name}")

    assert "Everyone gets the same text" in refused
    assert ledger.of("mass_change")[-1]["text"] == "by Luna Rivers"
    assert "by Luna Rivers" in edited.text
    assert "is not a field" in no_edit
