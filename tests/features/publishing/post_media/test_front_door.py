"""Media of a post, chosen in the gallery over its preview, without an id."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.fanvue.records import MediaId, PostId
from tests.features.publishing.picker.gallery_fixtures import (
    UUID,
    asked,
    choose,
    gallery_house,
    item,
    labels,
    look,
    number,
    parts,
    posts,
    press,
    shown,
    tap,
    write,
)
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")
NAMES = ("boat", "lake", "pier", "old one", "new one", "goes away", "gets slow", "of another")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    async with gallery_house(tmp_path_factory.mktemp("post-media"), *NAMES) as made:
        yield made


async def until_published(answer: InteractionAnswer) -> None:
    await answer.until(lambda now: "Post published" in now.text, PATIENCE)


def published(house: LiveBridge, *media: MediaId) -> PostId:
    """A post of the creator's that is out already."""
    post = house.stage.fanvue.world.post_as_creator(house.stage.creator, "Already out")
    post.media = list(media)
    return post.uuid


async def test_a_post_gets_items_a_price_and_a_text_and_nothing_shows_an_id(house: LiveBridge) -> None:
    first, second = item(house, "boat"), item(house, "lake")
    before = len(posts(house))
    answer = await asked(house, "post new", text="A new set")
    await tap(house, answer, "Media …")
    await tap(house, answer, number(answer, "lake"))
    await tap(house, answer, number(answer, "boat"))
    await choose(house, answer, "pick.post.price", "1500", by=house.stage.owner)
    await choose(house, answer, "pick.post.chosen", "1", by=house.stage.owner)
    await write(answer, "Text …", by=house.stage.owner, text="A better text")
    chosen = shown(answer)
    seen = answer.text + look(answer)
    await tap(house, answer, "Done")
    again = shown(answer)
    seen += answer.text + look(answer)
    await tap(house, answer, "Publish now")
    await house.until(lambda: len(posts(house)) > before)

    assert "2 items · **$15.00** · free preview: item 2\n> A better text" in chosen
    assert "**Media:** 2 photos" in again
    assert "**Free preview:** item 2, a photo" in again
    assert UUID.findall(seen) == []
    made = posts(house)[-1]
    assert (made["text"], made["price"], made["media"], made["preview"]) == (
        *("A better text", 1500),
        [second.uuid, first.uuid],
        first.uuid,
    )


async def test_a_mass_message_with_lists_gets_its_items_over_its_preview_and_is_sent_once(
    house: LiveBridge,
) -> None:
    ledger, slow = house.stage.fanvue.ledger, item(house, "gets slow")
    before = len(ledger.of("mass"))
    answer = await asked(house, "mass new", to="subscribers", text="For all of you")
    await tap(house, answer, "Media …")
    for name in ("pier", "gets slow"):
        await tap(house, answer, number(answer, name))
    await choose(house, answer, "pick.post.price", "1500", by=house.stage.owner)
    slow.status = "processing"
    await tap(house, answer, "Done")
    late = shown(answer)
    slow.status = "ready"
    await tap(house, answer, "Done")
    again = shown(answer)
    send = next(label for label in labels(answer) if label.startswith("Send to"))
    await tap(house, answer, send)
    await house.stage.fanvue.world.until(lambda: len(ledger.of("mass")) > before, PATIENCE)

    assert "Fanvue is still processing item 2." in late
    assert "2 items from the vault for **$15.00**" in again
    (made,) = ledger.of("mass")[before:]
    assert (made.facts["media"], made.facts["price"]) == ([item(house, "pier").uuid, slow.uuid], 1500)


async def test_a_post_that_nobody_typed_anything_for_begins_in_the_gallery(house: LiveBridge) -> None:
    before = len(posts(house))

    answer = await asked(house, "post new", price="7")
    first = shown(answer)
    await tap(house, answer, "Done")
    refused = shown(answer)
    await tap(house, answer, number(answer, "pier"), "Done")
    await tap(house, answer, "Publish now")
    await house.until(lambda: len(posts(house)) > before)

    assert "**So far** · no media yet · **$7.00**" in first
    assert "There is nothing in it yet. Write a text, or add media from the vault." in refused
    assert (posts(house)[-1]["price"], len(posts(house)[-1]["media"])) == (700, 1)


async def test_the_media_of_a_post_that_is_out_are_changed_in_the_gallery(house: LiveBridge) -> None:
    was, becomes = item(house, "old one"), item(house, "new one")
    world = house.stage.fanvue.world
    post = published(house, was.uuid)

    answer = await asked(house, "post edit", post=post)
    chosen = number(answer, "old one")
    await tap(house, answer, chosen, number(answer, "new one"), "Done")
    again = shown(answer)
    await tap(house, answer, "Change it")
    await house.until(lambda: world.posts[post].media == [becomes.uuid])

    assert chosen.startswith("✓")
    assert "**Media:** photo “old one” → **photo “new one”**" in again
    assert UUID.findall(again) == []
    assert (world.posts[post].text, len(house.stage.fanvue.ledger.of("post.changed"))) == ("Already out", 1)


async def test_done_says_what_is_wrong_and_keeps_what_was_chosen(house: LiveBridge) -> None:
    goes, waits, theirs = (item(house, name) for name in ("goes away", "gets slow", "of another"))
    before = len(posts(house))
    answer = await asked(house, "post new", text="Careful")
    await tap(house, answer, "Media …", "Done")
    unchanged = shown(answer)
    await tap(house, answer, "Media …")
    for one in ("boat", "goes away", "gets slow", "of another"):
        await tap(house, answer, number(answer, one))
    vault = house.stage.fanvue.world.media
    del vault[goes.uuid]
    mine, theirs.owner = theirs.owner, house.fan("Zoe").uuid
    await tap(house, answer, "Done")
    gone = shown(answer)
    waits.status = "processing"
    await tap(house, answer, "Done")
    late = shown(answer)
    waits.status, theirs.owner = "ready", mine
    await tap(house, answer, "Done")
    fine = shown(answer)
    vault[goes.uuid] = goes

    assert "**Media:** none\n> Careful" in unchanged
    assert "Item 2, 4 is no longer in the vault, so it was taken out. Check it and press Done again." in gone
    assert "2 items · free\n> Careful" in gone
    assert "Fanvue is still processing item 2." in late
    assert "**Media:** 2 photos\n> Careful" in fine
    assert len(posts(house)) == before


async def test_a_text_that_cannot_be_published_stays_in_the_gallery_with_the_reason(
    house: LiveBridge,
) -> None:
    before = len(posts(house))
    answer = await asked(house, "post new")
    await tap(house, answer, number(answer, "boat"))
    await write(answer, "Text …", by=house.stage.owner, text="For {fan_name} alone")
    await tap(house, answer, "Done")
    refused = shown(answer)
    await write(answer, "Text …", by=house.stage.owner, text="For all of you")
    await tap(house, answer, "Done")
    await tap(house, answer, "Publish now")
    await house.until(lambda: len(posts(house)) > before)

    assert "{fan_name}" in refused.partition("**So far**")[0]
    assert "**So far** · 1 item · free\n> For {fan_name} alone" in refused
    assert posts(house)[-1]["text"] == "For all of you"


async def test_where_fanvue_cannot_be_read_the_gallery_stays_and_publishes_nothing_else(
    house: LiveBridge,
) -> None:
    before = len(posts(house))
    answer = await asked(house, "post new", text="Patience")
    await tap(house, answer, "Media …")
    await tap(house, answer, number(answer, "boat"))
    house.stage.fanvue.faults.add("error_before", "GET", "/media/bulk", count=None, status=503)
    await tap(house, answer, "Done")
    refused = shown(answer)
    house.stage.fanvue.faults.clear()
    await tap(house, answer, "Done")

    assert "We can't reach Fanvue right now, so it was not published. Press again in a moment." in refused
    assert "**So far** · 1 item · free\n> Patience" in refused
    assert "**Media:** 1 photo\n> Patience" in shown(answer)
    assert len(posts(house)) == before


async def test_a_gallery_left_open_over_a_restart_goes_on_and_publishes_once(house: LiveBridge) -> None:
    before = len(posts(house))
    answer = await asked(house, "post new", text="Still here")
    old = parts(answer)["propose.yes"]["custom_id"]
    await tap(house, answer, "Media …")
    await tap(house, answer, number(answer, "lake"))
    await house.restart()
    await tap(house, answer, "Done")
    again = shown(answer)
    fresh = parts(answer)["propose.yes"]
    await tap(house, answer, "Publish now")
    await house.until(lambda: len(posts(house)) > before)
    await until_published(answer)
    said = []
    for earlier in (old, fresh["custom_id"]):
        assert answer.message is not None
        answer.message.components = [{"type": 1, "components": [{**fresh, "custom_id": earlier}]}]
        pressed = await house.stage.owner.click(answer.message, earlier)
        said.append((await pressed.done(PATIENCE)).text)

    assert "**Media:** 1 photo\n> Still here" in again
    assert "A newer preview replaced this one." in said[0]
    assert "Already confirmed" in said[1]
    assert len(posts(house)) == before + 1


async def test_a_preview_that_was_confirmed_meanwhile_is_not_changed(house: LiveBridge) -> None:
    before = len(posts(house))
    answer = await asked(house, "post new", text="As it was shown")
    confirm = parts(answer)["propose.yes"]
    await tap(house, answer, "Media …", "2")
    number_two = parts(answer)["pick.post.b"]
    assert answer.message is not None
    answer.message.components = [{"type": 1, "components": [confirm]}]
    await tap(house, answer, "Publish now")
    await house.until(lambda: len(posts(house)) > before)
    await until_published(answer)
    answer.message.components = [{"type": 1, "components": [number_two]}]
    await tap(house, answer, number_two["custom_id"])

    assert "Already confirmed" in answer.text
    assert (posts(house)[-1]["media"], len(posts(house))) == ([], before + 1)


async def test_what_a_chatter_suggests_has_the_media_too(house: LiveBridge) -> None:
    first = item(house, "boat")
    mara, stage = house.stage.members["mara"], house.stage
    answer = await (await mara.slash(stage.guild, stage.lobby, "post new", text="May I?")).done(PATIENCE)
    await press(house, answer, "Media …")
    await press(house, answer, number(answer, "boat"))
    await press(house, answer, "Done")
    await press(house, answer, "Ask for approval")
    await answer.until(lambda now: "submitted for approval" in now.text, PATIENCE)
    waiting = await asked(house, "post review")
    before = len(posts(house))
    await tap(house, waiting, "Publish now")
    await house.until(lambda: len(posts(house)) > before)

    assert posts(house)[-1]["media"] == [first.uuid]


async def test_each_item_says_what_all_fans_were_sent_of_it(house: LiveBridge) -> None:
    boat = item(house, "boat")
    fan = house.fan("Nele")
    thread = await house.greeted(fan)
    await house.reply(thread, text="for you", media=boat.uuid, price="9")
    await house.shows(fan, "✓ Sent")

    answer = await asked(house, "post new", text="Which one?")
    await tap(house, answer, "Media …")

    assert "boat · sent to 1 fan, 0 bought" in shown(answer)
    assert "new one · not sent yet" in shown(answer)
    assert "Fanvue doesn't report who received a mass message." in shown(answer)
