"""The whole program: a mass message composed, put down, taken up again, sent once."""

import re
from collections.abc import AsyncIterator, Sequence

import pytest
import pytest_asyncio

from bot.sandbox.fanvue.ledger import FanvueLedgerEntry
from bot.sandbox.fanvue.people import StandInFan
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn, begins
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

WHEN = "When is it sent?"

pytestmark = pytest.mark.asyncio(loop_scope="module")


house = own_house(silent=True)


@pytest_asyncio.fixture(loop_scope="module")
async def phone(house: LiveBridge) -> AsyncIterator[PhoneStandIn]:
    """The owner's, on which nothing is begun."""
    made = PhoneStandIn(house)
    await made.mass()
    if "Start over" in labels(made.message):
        await made.tap("Start over")
    made.taps = made.windows = 0
    yield made


def custom_list(house: LiveBridge, name: str, *members: StandInFan) -> str:
    """A list of the creator's own."""
    return str(house.stage.fanvue.world.add_list(house.stage.creator, name, members).uuid)


def item(phone: PhoneStandIn, name: str) -> str:
    """The number of the item with this name, as its button has it."""
    found = re.search(rf"\*\*(\d+)\*\* (✓ )?\w+ · {name}\b", phone.text)
    assert found is not None, phone.text
    return f"{found[2] or ''}{found[1]}"


async def sent(house: LiveBridge, before: Sequence[FanvueLedgerEntry]) -> FanvueLedgerEntry:
    """The one mass message that Fanvue has accepted since then."""
    ledger = house.stage.fanvue.ledger
    await house.stage.fanvue.world.until(lambda: len(ledger.of("mass")) > len(before), PATIENCE)
    (made,) = ledger.of("mass")[len(before) :]
    return made


async def test_three_taps_and_two_windows_send_it_to_exactly_the_right_lists(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    ada, bo, cy = (house.fan(name) for name in ("Ada", "Bo", "Cy"))
    custom_list(house, "Whales", ada, bo)
    custom_list(house, "Sleeping", bo, cy)
    before = house.stage.fanvue.ledger.of("mass")

    await phone.fill("Find a list", to="whal", without="sleep")
    await phone.fill("Write", text="New set *tonight*")
    await phone.tap("Media and price")
    await phone.tap(item(phone, "Set 6"))
    shown = await phone.tap("Done")
    preview = await phone.tap("Preview")
    actions = phone.taps, phone.windows
    await phone.tap(next(label for label in labels(phone.message) if label.startswith("Send")))
    made = await sent(house, before)

    assert "New set *tonight*" in shown
    assert "📎 1 item from the vault, free" in shown
    assert "**To** Whales (2 fans)\n**Except** Sleeping (2 fans)" in shown
    assert "⚠️" not in shown
    assert "### Mass message from @" in preview
    assert "Nothing is done yet." in preview
    assert actions == (4, 2)
    assert (made["text"], made["media"], made["price"]) == ("New set *tonight*", [house.stage.media[5]], None)
    assert made["recipients"] == [ada.uuid]
    await house.until(lambda: ">, to 1 fan" in phone.text)
    assert "Draft: mass message" in await phone.mass()
    assert "To** nobody yet" in phone.text


async def test_the_lists_have_their_sizes_and_what_was_used_most_comes_first(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    dee, eve = house.fan("Dee"), house.fan("Eve")
    custom_list(house, "Zebras", dee, eve)
    before = house.stage.fanvue.ledger.of("mass")
    await phone.fill("Find a list", to="zebras")
    await phone.fill("Write", text="hello zebras")
    await phone.tap("Preview")
    await phone.tap("Send to up to 2 fans")
    await sent(house, before)
    await house.restart()
    await phone.mass()

    first, *others = phone.options("Who gets it")

    assert first[0] in {"Zebras", "Whales"}
    assert ("Zebras", "2 fans", False) in [first, *others]
    await phone.choose("Who gets it", "Zebras")
    assert phone.options("Who gets it")[0] == ("Zebras", "2 fans", True)
    assert "**To** nobody yet" in await phone.choose("Who gets it")


async def test_after_a_restart_the_old_message_still_works_and_the_command_offers_the_draft(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await phone.fill("Write", text="half of a tho")
    await house.restart()

    await phone.fill("Write", text="half of a thought")
    other = PhoneStandIn(house)
    offered = await other.mass(text="something else")
    went_on = await other.tap("Go on")

    assert "You have a draft from <t:" in offered
    assert labels(other.message)[:2] == ["Write", "Template"]
    assert "half of a thought" in went_on
    (row,) = house.rows("SELECT body_ct FROM compositions")
    assert b"thought" not in row["body_ct"]
    assert "something else" not in went_on


async def test_begun_anew_it_starts_with_what_came_along_with_the_command(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await phone.fill("Write", text="the old one")
    other = PhoneStandIn(house)

    await other.mass(text="the new one", price="4.99", when="tomorrow 18:00")
    begun = await other.tap("Start over")

    assert "the new one" in begun
    assert "the old one" not in begun
    assert "18:00 (UTC)" in begun
    assert "A price needs media to buy: add some from the vault" in begun


async def test_of_two_phones_the_newer_step_wins_and_the_other_says_so(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await phone.fill("Write", text="first")
    other = PhoneStandIn(house)
    await other.mass()
    await other.tap("Go on")
    window = await phone.opens("Write")
    await other.fill("Write", text="second, from the other phone")

    told = await phone.send(window, text="third, too late")
    (back,) = phone.message.attachments
    after = await phone.fill("Write", text="fourth")

    assert "You continued this draft elsewhere" in told
    assert "second, from the other phone" in told
    assert back.content == b"third, too late"
    assert phone.message.attachments == []
    assert "fourth" in after
    assert "You continued this draft elsewhere" in await other.tap("Preview")
    assert "fourth" in other.text


async def test_what_was_typed_too_late_is_handed_back(house: LiveBridge, phone: PhoneStandIn) -> None:
    other = PhoneStandIn(house)
    await phone.fill("Write", text="first")
    await other.mass()
    await other.tap("Go on")
    window = await phone.opens("Write")
    await other.tap("Discard")

    told = await phone.send(window, text="a thought that nobody else had")

    assert "That draft is gone: sent, discarded, or over a week old" in told
    (file,) = phone.message.attachments
    assert file.content == b"a thought that nobody else had"


@pytest.mark.parametrize(
    ("button", "fields", "says"),
    [
        ("When", {"when": "yesterday"}, "We can't read that time."),
        ("When", {"when": "in 200 days"}, "more than 180 days ahead"),
        ("Find a list", {"to": "nobody at all"}, "No list matches “nobody at all”"),
        ("Find a list", {"to": "subscribers", "without": "subscribers"}, "both to get it and not to"),
    ],
)
async def test_what_cannot_be_sent_is_kept_says_what_to_do_and_is_not_previewed(
    house: LiveBridge, phone: PhoneStandIn, button: str, fields: dict[str, str], says: str
) -> None:
    await phone.fill("Write", text="hello")
    if button != "Find a list":
        await phone.choose("Who gets it", "Subscribers")

    told = await phone.fill(button, **fields)
    previewed = await phone.tap("Preview")

    assert says in told
    assert says in previewed
    assert "Draft: mass message" in previewed
    if "without" not in fields:
        window = begins(await phone.opens(button))
        assert {name: window[name] for name in fields} == fields


async def test_a_text_that_is_too_long_comes_with_the_command_and_is_kept(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await phone.mass(text="word " * 1100)

    window = await phone.opens("Write")
    kept = await phone.send(window)
    short = await phone.fill("Write", text="short")

    assert "Fanvue takes 5,000" in kept
    assert begins(window)["text"] == ""
    assert "Fanvue takes 5,000" not in short


async def test_an_item_that_is_gone_when_it_is_previewed_is_named(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    media = house.stage.fanvue.world.add_media(house.stage.creator, name="Short-lived")
    await phone.choose("Who gets it", "Subscribers")
    await phone.tap("Media and price")
    await phone.tap(item(phone, "Short-lived"))
    await phone.choose("Price: none", "$5.00")
    await phone.tap("Done")
    house.stage.fanvue.world.media.pop(media.uuid)

    told = await phone.tap("Preview")

    assert "1 of 1 items: no longer in the vault." in told
    assert "for **$5.00**" in told
    assert labels(phone.message)[0] == "Write"


async def test_items_a_price_and_what_is_seen_before_are_chosen_and_no_id_shows(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await phone.tap("Media and price")
    await phone.tap(item(phone, "Set 5"))
    await phone.tap(item(phone, "Set 6"))
    await phone.choose("Price: none", "$10.00")
    await phone.choose("Free preview, or take items out", "Preview: item 2 of 2")
    picked = phone.text + str(phone.message.components)
    covered = await phone.tap("Done")
    await phone.tap("Media and price")
    await phone.choose("Free preview, or take items out", "Take all items out")
    priced = await phone.tap("Done")

    assert "🔒 2 items from the vault for **$10.00**, with a preview" in covered
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", picked + covered)
    assert "🔒 nothing yet for **$10.00**" in priced


async def test_a_template_fills_it_in_and_one_that_needs_a_name_says_so(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    stage = house.stage
    for name, text in (("Evening", "good evening {fan_name|loves}"), ("Named", "hi {fan_name}")):
        window = await stage.owner.slash(stage.guild, stage.lobby, "template add")
        await window.opened(PATIENCE)
        await (await stage.owner.submit(window, {"name": name, "text": text})).done(PATIENCE)
    await phone.tap("Template")
    offered = {label: label for label, _, _ in phone.options("Choose a template")}

    refused = await phone.choose("Choose a template", next(one for one in offered if "Named" in one))
    await phone.tap("Template")
    filled = await phone.choose("Choose a template", next(one for one in offered if "Evening" in one))

    assert "We have nothing to fill in for {fan_name}" in refused
    assert "good evening loves" in filled


async def test_a_draft_changed_after_its_preview_is_kept_and_says_that_the_earlier_one_went_out(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    before = house.stage.fanvue.ledger.of("mass")
    await phone.choose("Who gets it", "Subscribers")
    await phone.fill("Write", text="as it was")
    other = PhoneStandIn(house)
    await other.mass()
    await other.tap("Go on")
    await phone.tap("Preview")
    await other.fill("Write", text="as it is")

    await phone.tap(next(label for label in labels(phone.message) if label.startswith("Send")))
    made = await sent(house, before)
    await other.mass()
    again = await other.tap("Go on")

    assert made["text"] == "as it was"
    assert "as it is" in again
    assert "You already confirmed an earlier version of this draft <t" in again


async def test_whoever_may_no_longer_is_told_and_somebody_else_never_may(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    stage = house.stage
    theo = stage.members["theo"]

    async def granted(role: str) -> None:
        asked = await stage.owner.slash(
            stage.guild, stage.guild.channel_ids[0], "team grant", to=theo.user.id, role=role
        )
        await asked.done(PATIENCE)
        await stage.owner.click(asked.message, "Yes, do it")
        await asked.until(lambda now: now.message is not None and not labels(now.message), PATIENCE)

    await granted("manager")
    his = PhoneStandIn(house, theo)
    await his.mass()
    await his.fill("Write", text="by Theo")
    window = await his.opens("Write")
    await phone.mass()
    owners = phone.text
    await granted("viewer")

    await his.send(window, text="by Theo, later")
    lost = his.said
    await his.tap("Preview")

    assert "by Theo" not in owners
    assert "Ask the owner; /team explain shows what your role can do." in lost
    assert "by Theo, later" in lost
    assert "You don't have access to this here" in his.said
    assert [
        row["version"]
        for row in house.rows("SELECT version FROM compositions WHERE member_id = ?", theo.user.id)
    ] == [2]


async def test_a_usual_time_is_one_choice_and_at_once_takes_it_back(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    begins_with = phone.options(WHEN)
    tomorrow = await phone.choose(WHEN, "Tomorrow 10:00")
    then = phone.options(WHEN)
    hour = await phone.choose(WHEN, "In 1 hour")
    window = begins(await phone.opens("When"))
    at_once = await phone.choose(WHEN, "Right away")

    assert begins_with[0] == ("Right away", "", True)
    assert re.search(r"\*\*When\*\* \w{3} \d+ \w{3} 10:00 \(UTC\), in ", tomorrow)
    assert not any(chosen for _, _, chosen in then)
    assert "(UTC), in 1 hour" in hour or "(UTC), in 59 minutes" in hour
    assert window["when"] == "in 1 hour"
    assert "**When** right away" in at_once
