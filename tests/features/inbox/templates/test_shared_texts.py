"""A template in a post, a mass message and its draft: nobody's own name in it."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from tests.features.inbox.templates.test_front_door import command, lobby, write
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")


house = own_house()


async def by_owner(house: LiveBridge, name: str, **values: object) -> InteractionAnswer:
    """The owner uses a command outside of threads."""
    answer = await house.stage.owner.slash(house.stage.guild, lobby(house), name, **values)
    return await answer.done(PATIENCE)


async def confirmed(house: LiveBridge, answer: InteractionAnswer, label: str) -> None:
    """The owner presses the button that begins so."""
    assert answer.message is not None
    whole = next(one for one in labels(answer.message) if one.startswith(label))
    await house.stage.owner.click(answer.message, whole)


async def test_a_bundle_fills_in_a_post_and_what_is_typed_takes_its_place(house: LiveBridge) -> None:
    await write(
        house, name="Set", text="new: {fan_name|you} on {weekday}", price="9", media=house.stage.media[0]
    )
    offered = await house.stage.owner.autocomplete(
        house.stage.guild, lobby(house), "post new", "template", "set"
    )

    answer = await by_owner(house, "post new", template=offered[0]["value"], price="12")
    await confirmed(house, answer, "Publish")
    ledger = house.stage.fanvue.ledger
    await house.until(lambda: bool(ledger.of("post")))

    made = ledger.of("post")[-1].facts
    assert (made["price"], made["media"]) == (1200, [house.stage.media[0]])
    assert made["text"].startswith("new: you on ")
    assert made["text"].endswith("day")


async def test_a_bundle_fills_in_a_mass_message_and_its_draft(house: LiveBridge) -> None:
    await write(house, name="Many", text="for {creator}'s fans", price="7", media=house.stage.media[1])

    answer = await by_owner(house, "mass new", to="subscribers", template="many", text="hello all")
    await confirmed(house, answer, "Send")
    ledger = house.stage.fanvue.ledger
    await house.until(lambda: bool(ledger.of("mass")))
    draft = await by_owner(house, "mass new", template="many")

    made = ledger.of("mass")[-1].facts
    assert (made["text"], made["price"], made["media"]) == ("hello all", 700, [house.stage.media[1]])
    assert "for Luna Rivers's fans" in draft.text
    assert "$7.00" in draft.text


async def test_for_many_a_template_that_needs_one_fans_name_and_an_unknown_one_are_refused(
    house: LiveBridge,
) -> None:
    await write(house, name="Dear", text="dear {fan_name}")
    before = [len(house.stage.fanvue.ledger.of(kind)) for kind in ("mass new", "post new")]

    named = [
        (await by_owner(house, "mass new", to="subscribers", template="dear")).text,
        (await by_owner(house, "mass new", template="dear")).text,
        (await by_owner(house, "post new", template="dear")).text,
    ]
    unknown = (await by_owner(house, "post new", template="afternoon")).text

    assert all("We have nothing to fill in for {fan_name}" in one for one in named)
    assert "This creator has no such template" in unknown
    assert [len(house.stage.fanvue.ledger.of(kind)) for kind in ("mass new", "post new")] == before


async def test_who_may_send_to_all_but_not_reply_uses_no_template_there_either(house: LiveBridge) -> None:
    await write(house, name="Kept", text="kept for who replies")
    theo = house.stage.members["theo"]
    limits = {"role": "manager", "except": "reply"}
    asked = await by_owner(house, "team grant", to=theo.user.id, **limits)
    assert asked.message is not None
    await house.stage.owner.click(asked.message, labels(asked.message)[0])
    await asked.until(lambda now: now.message is not None and not labels(now.message), PATIENCE)

    offered = await theo.autocomplete(house.stage.guild, lobby(house), "mass new", "template", "kept")
    refused = await command(house, "mass new", by="theo", to="subscribers", template="kept")
    without = await command(house, "mass new", by="theo", to="subscribers", text="hello")

    assert offered == []
    assert "You may not use templates for this creator." in refused.text
    assert "hello" in without.text


async def shows(house: LiveBridge, name: str) -> str:
    """What the owner reads of one."""
    return (await command(house, "template show", by="mara", template=name)).text


async def test_what_went_to_many_counts_as_use_whichever_way_it_took(house: LiveBridge) -> None:
    await write(house, name="Counted", text="for everybody")
    ledger = house.stage.fanvue.ledger
    masses, posts = len(ledger.of("mass")), len(ledger.of("post"))

    seen = await by_owner(house, "mass new", to="subscribers", template="counted")
    before = await shows(house, "counted")
    await confirmed(house, seen, "Send")
    await house.until(lambda: len(ledger.of("mass")) == masses + 1)
    phone = PhoneStandIn(house)
    await phone.mass(template="counted")
    if "Start over" in labels(phone.message):
        await phone.tap("Start over")
    await phone.choose("Who gets it", "Subscribers")
    await phone.tap("Preview")
    await phone.tap(next(one for one in labels(phone.message) if one.startswith("Send")))
    await house.until(lambda: len(ledger.of("mass")) == masses + 2)
    await confirmed(house, await by_owner(house, "post new", template="counted", text="else"), "Publish")
    await house.until(lambda: len(ledger.of("post")) == posts + 1)
    await house.until(lambda: "proposed" not in waiting(house))
    uses = await shows(house, "counted")

    assert "Not sent yet." in before
    assert "In 2 mass messages: see the result of them in /mass show. In 1 post." in uses
    assert "last used" in uses


def waiting(house: LiveBridge) -> str:
    """The kinds of what is not done yet."""
    return " ".join(row["kind"] for row in house.rows("SELECT kind FROM outbox WHERE state != 'done'"))
