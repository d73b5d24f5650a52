"""The whole program: a fan as a customer, on the card and behind More."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from tests.features.inbox.profiles.profiles_scenario import card, more, pictures
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge
from tests.proofs.faults.questions import press_until

pytestmark = pytest.mark.asyncio(loop_scope="module")

FACE = ("Their profile picture on Fanvue", True)


async def seen(house: LiveBridge, answer: InteractionAnswer, label: str, words: str) -> str:
    """What a member reads who presses this button of their private answer."""
    assert answer.message is not None
    await house.stage.members["mara"].click(answer.message, label)
    await house.until(lambda: words in answer.text)
    return answer.text


async def test_the_last_purchases_are_a_timeline_with_amounts_as_far_as_a_reader_sees_them(
    house: LiveBridge,
) -> None:
    fan, stage = house.fan("Ava", subscribed=False), house.stage
    grant = await stage.owner.slash(
        stage.guild, stage.lobby, "team grant", to=stage.members["theo"].user.id, role="manager"
    )
    await grant.done(PATIENCE)
    assert grant.message is not None
    await (await stage.owner.click(grant.message, "Yes, do it")).done(PATIENCE)
    thread = await house.greeted(fan)
    before = len(house.rows("SELECT 1 FROM payments"))
    await fan.subscribe(price=999)
    tip = await fan.tip(4321)
    await fan.refunded(tip.id)
    await house.stored(lambda: len(house.rows("SELECT 1 FROM payments")) >= before + 3)

    owner, lead = (await more(house, thread)).text, (await more(house, thread, by="theo")).text
    chatter = (await more(house, thread, by="mara")).text

    told = owner.partition("Last purchases")[2].splitlines()[1:4]
    assert {line.partition("> ")[2] for line in told} == {
        "⭐ Subscribed · $9.99",
        "↩️ Refunded · -$43.21",
        "🎁 Tip · $43.21",
    }
    assert "🎁 Tip · $25 to $50" in lead
    assert "43.21" not in lead
    assert all(what in chatter for what in ("⭐ Subscribed", "🎁 Tip", "↩️ Refunded"))
    assert "$" not in chatter


async def test_of_somebody_who_never_paid_there_is_no_timeline(house: LiveBridge) -> None:
    thread = await house.greeted(house.fan("Bo", subscribed=False))

    assert "Last purchases" not in (await more(house, thread)).text


async def test_the_picture_is_covered_beside_the_name_and_none_is_needed(house: LiveBridge) -> None:
    fan = house.fan("Cy")
    thread = await house.greeted(fan)

    with_it = await more(house, thread, by="mara")
    house.stage.fanvue.world.faceless.add(fan.bond.fan.uuid)
    without = await more(house, thread, by="mara")

    assert pictures(with_it) == [FACE]
    assert pictures(without) == []
    assert "About Cy" in without.text
    assert [one for message in house.messages(thread) for one in message.attachments] == []


async def test_a_picture_that_fanvue_does_not_give_takes_nothing_else_along(house: LiveBridge) -> None:
    fan = house.fan("Dee")
    thread = await house.greeted(fan)
    house.stage.fanvue.faults.add("error_before", "GET", f".*/chats/{fan.uuid}", status=503)

    answer = await more(house, thread, by="mara")

    assert pictures(answer) == []
    assert "About Dee" in answer.text
    assert "Subscriber since" in answer.text


async def test_more_leads_to_promises_and_items_and_back(house: LiveBridge) -> None:
    thread = await house.greeted(house.fan("Eli"))

    answer = await more(house, thread, by="mara")
    items = await seen(house, answer, "Items sent", "Items sent to Eli")
    back = await seen(house, answer, "About this fan", "About Eli")
    promises = await seen(house, answer, "Promises", "No open promises for this fan")

    assert "They got nothing from the vault, as far as we know" in items
    assert "Open replies: none" in back
    assert "promise" in promises


async def test_of_a_fan_who_was_forgotten_and_writes_again_no_purchase_is_kept(house: LiveBridge) -> None:
    fan, owner = house.fan("Ivo"), house.stage.owner
    thread = await house.greeted(fan)
    before = len(house.rows("SELECT 1 FROM payments"))
    await house.reply(thread, text="for you", media=house.stage.media[0], price="9")
    await house.until(lambda: "0 of 1 priced message unlocked" in card(house, thread))
    await fan.tip(1234)
    await house.stored(lambda: len(house.rows("SELECT 1 FROM payments")) > before)
    asked = await (await owner.slash(house.stage.guild, thread, "settings privacy forget")).done(PATIENCE)
    await press_until(owner, asked, "Yes, do it", "is forgotten")
    await house.until(lambda: house.threads(fan) == [])
    kept = house.rows("SELECT 1 FROM offers WHERE fan_uuid = ?", fan.uuid)

    await fan.write("hello")
    answer = await more(house, await house.shows(fan, "hello"), by="mara")

    assert kept == []
    assert "Last purchases" not in answer.text


async def test_two_of_one_name_have_digits_and_others_have_none(house: LiveBridge) -> None:
    alone, one, other = house.fan("Fay"), house.fan("Gus"), house.fan("Gus")
    threads = [await house.greeted(fan) for fan in (alone, one, other)]

    await one.write("still me")
    await house.until(lambda: f"· {one.uuid[:4]}" in card(house, threads[1]))

    assert f"@{alone.handle}\n" in card(house, threads[0])
    assert f"· {other.uuid[:4]}" in card(house, threads[2])
    assert [f"· {fan.uuid[:4]}" in at.name for fan, at in zip((alone, one, other), threads, strict=True)] == [
        False,
        False,
        True,
    ]


async def test_a_creator_who_keeps_texts_off_discord_has_no_picture_of_a_fan_there(house: LiveBridge) -> None:
    stage, fan = house.stage, house.fan("Hugo")
    thread = await house.greeted(fan)
    asked = await stage.owner.slash(stage.guild, stage.lobby, "settings privacy mode", mode="private")
    await asked.done(PATIENCE)
    assert asked.message is not None
    chosen = await stage.owner.click(asked.message, "Yes, do it")
    await chosen.until(lambda now: "From now on" in now.text, PATIENCE)
    before = [entry["path"] for entry in stage.fanvue.ledger.of("request", method="GET")]

    answer = await more(house, thread, by="mara")

    since = [entry["path"] for entry in stage.fanvue.ledger.of("request", method="GET")][len(before) :]
    assert pictures(answer) == []
    assert "About Hugo" in answer.text
    assert not [path for path in since if path.endswith(f"/chats/{fan.uuid}") or "avatar" in path]
