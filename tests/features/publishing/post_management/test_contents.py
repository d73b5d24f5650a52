"""/post edit of what a post is made of: media, free preview, collections."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.fanvue.records import MediaId, PostRecord
from tests.features.publishing.post_management.test_changing import made, now_of, out
from tests.features.publishing.posts.posts_scenario import MINUTE, PostStage, labels, message_of

CHANGE = "Change it"


def shelf(studio: PostStage, label: str) -> str:
    """A collection of hers."""
    return studio.evening.server.world.add_collection(studio.evening.account, label).uuid


def files(studio: PostStage, *kinds: str) -> list[MediaId]:
    """Items of her vault, which she calls item 1, item 2 and so on."""
    made = [MediaId(studio.media(kind)) for kind in kinds]
    for number, one in enumerate(made, start=1):
        studio.evening.server.world.media[one].name = f"item {number}"
    return made


def shelved(studio: PostStage, post: PostRecord) -> list[str]:
    """The collections that it is in."""
    return list(studio.evening.server.world.below.shelved.get(post.uuid, ()))


async def test_media_preview_and_collections_are_shown_before_and_after_and_set_by_one_call(
    studio: PostStage,
) -> None:
    one, two, free = files(studio, "image", "video", "image")
    post, (beach, summer) = out(studio, media=[one]), (shelf(studio, name) for name in ("Beach", "Summer"))
    studio.evening.server.world.below.shelved[post.uuid] = [beach]
    answer = await studio.command(
        "post edit", post=post.uuid, media=f"{two}, {one}", price="5", preview=free, collections="summer"
    )
    shown = answer.text

    await studio.press(answer, CHANGE)

    assert "**Media:** photo “item 1” → **video “item 2”, photo “item 1”**" in shown
    assert "**Free preview:** none → **photo “item 3”**" in shown
    assert "**Collections:** Beach → **Summer**" in shown
    after = now_of(studio, post)
    assert (after.media, after.price, after.preview) == ([two, one], 500, free)
    assert shelved(studio, post) == [summer]
    assert made(studio, "post.changed") == 1
    assert answer.text.startswith("### Post edited")


async def test_each_is_taken_away_by_none_and_the_text_stays(studio: PostStage) -> None:
    one, free = files(studio, "image", "image")
    post = out(studio, media=[one], preview=free)
    studio.evening.server.world.below.shelved[post.uuid] = [shelf(studio, "Beach")]

    answer = await studio.command(
        "post edit", post=post.uuid, media="none", preview="None", collections="none"
    )
    shown = answer.text
    await studio.press(answer, CHANGE)

    assert "**Media:** photo “item 1” → **none**" in shown
    after = now_of(studio, post)
    assert (after.text, after.media, after.preview, shelved(studio, post)) == ("Good morning", [], None, [])


async def test_a_text_is_taken_away_where_media_stay(studio: PostStage) -> None:
    post = out(studio, media=files(studio, "image"))
    answer = await studio.command("post edit", post=post.uuid, text="none")
    shown = answer.text

    await studio.press(answer, CHANGE)

    assert "**Text before**\n> Good morning\n**Text after**\n> (no text)" in shown
    assert now_of(studio, post).text is None


async def test_the_order_of_media_is_a_change_and_the_same_order_is_none(studio: PostStage) -> None:
    one, two = files(studio, "image", "image")
    post = out(studio, media=[one, two])

    same = await studio.command("post edit", post=post.uuid, media=f"{one} {two}")
    turned = await studio.command("post edit", post=post.uuid, media=f"{two} {one}")
    await studio.press(turned, CHANGE)

    assert "The post is already like that." in same.text
    assert now_of(studio, post).media == [two, one]


@pytest.mark.parametrize("how", ["lose_answer", "error_after", "broken_json", "error_before"])
@pytest.mark.parametrize("what", ["media", "preview", "collections"])
async def test_one_whose_answer_was_lost_is_looked_up_and_made_once(
    studio: PostStage, what: str, how: str
) -> None:
    one, two = files(studio, "image", "video")
    post, beach = out(studio, media=[one, two]), shelf(studio, "Beach")
    typed = {"media": f"{two} {one}", "preview": one, "collections": "Beach"}[what]
    answer = await studio.command("post edit", post=post.uuid, **{what: typed})
    status = {"status": 502} if how == "error_before" else {}
    studio.faults.add(how, "PATCH", f"/posts/{post.uuid}", **status)

    await studio.press(answer, CHANGE)
    await studio.driver.pass_time(5 * MINUTE)

    assert made(studio, "post.changed") == 1
    after = now_of(studio, post)
    is_so = {
        "media": after.media == [two, one],
        "preview": after.preview == one,
        "collections": shelved(studio, post) == [beach],
    }
    assert is_so[what]
    assert answer.text.startswith("### Post edited")
    assert await studio.waits() == []


@pytest.mark.parametrize("what", ["media", "preview", "collections"])
async def test_what_somebody_changed_while_it_was_unclear_is_left_alone(studio: PostStage, what: str) -> None:
    one, two = files(studio, "image", "video")
    post, beach = out(studio, media=[one, two]), shelf(studio, "Beach")
    answer = await studio.command("post edit", post=post.uuid, text="Good night")
    studio.faults.add("error_before", "PATCH", f"/posts/{post.uuid}", status=502)
    await studio.press(answer, CHANGE)
    match what:
        case "media":
            post.media = [two, one]
        case "preview":
            post.preview = one
        case _:
            studio.evening.server.world.below.shelved[post.uuid] = [beach]

    await studio.driver.pass_time(5 * MINUTE)

    assert made(studio, "post.changed") == 0
    assert "The post changed on Fanvue after you confirmed, so we left it as is" in answer.text


async def test_of_two_who_confirm_media_at_once_one_has_it_done(studio: PostStage) -> None:
    one, two = files(studio, "image", "video")
    post = out(studio, media=[one])
    first, second = [
        await studio.command("post edit", who, post=post.uuid, media=f"{one} {two}")
        for who in ("olivia", "maya")
    ]
    studio.driver.hold()

    await asyncio.gather(
        studio.town.olivia.click(message_of(first), CHANGE),
        studio.town.maya.click(message_of(second), CHANGE),
    )
    await studio.presses.until(2)
    studio.driver.let_go()
    await studio.driver.turn()
    await studio.driver.pass_time(MINUTE)

    assert made(studio, "post.changed") == 1
    assert now_of(studio, post).media == [one, two]
    assert sorted("Already edited by" in answer.text for answer in (first, second)) == [False, True]


async def test_other_media_of_two_who_confirm_at_once_do_not_overwrite_each_other(studio: PostStage) -> None:
    one, two, three = files(studio, "image", "video", "image")
    post = out(studio, media=[one])
    first = await studio.command("post edit", post=post.uuid, media=two)
    second = await studio.command("post edit", "maya", post=post.uuid, media=three)
    studio.driver.hold()

    await asyncio.gather(
        studio.town.olivia.click(message_of(first), CHANGE),
        studio.town.maya.click(message_of(second), CHANGE),
    )
    await studio.presses.until(2)
    studio.driver.let_go()
    await studio.driver.turn()
    await studio.driver.pass_time(MINUTE)

    assert made(studio, "post.changed") == 1
    assert sorted(
        "The post changed on Fanvue after you confirmed, so we left it as is" in answer.text
        for answer in (first, second)
    ) == [False, True]


async def test_media_that_others_changed_meanwhile_are_said_and_asked_about_again(studio: PostStage) -> None:
    one, two, three = files(studio, "image", "video", "image")
    post = out(studio, media=[one])
    answer = await studio.command("post edit", post=post.uuid, media=two)
    post.media = [three]

    await studio.press(answer, CHANGE)

    assert "Just changed on Fanvue:** Media." in answer.text
    assert "**Media:** photo “item 3” → **video “item 2”**" in answer.text
    assert made(studio, "post.changed") == 0


async def test_a_file_or_a_collection_that_is_gone_at_the_press_is_said(studio: PostStage) -> None:
    [one], beach = files(studio, "image"), shelf(studio, "Beach")
    post, world = out(studio), studio.evening.server.world
    media = await studio.command("post edit", post=post.uuid, media=one)
    collections = await studio.command("post edit", post=post.uuid, collections="Beach")
    del world.media[one], world.below.collections[beach]

    for answer in (media, collections):
        await studio.press(answer, CHANGE)

    assert "Not in the vault of @luna: the item. No changes made." in media.text
    assert "The collection “Beach” no longer exists. No changes made." in collections.text
    assert made(studio, "post.changed") == 0


async def test_who_bought_it_is_said_before_its_media_are_replaced(studio: PostStage) -> None:
    one, two = files(studio, "image", "video")
    post = out(studio, media=[one], price=500)

    answer = await studio.command("post edit", post=post.uuid, media=two)

    assert "**Bought by:** nobody, as far as we know." in answer.text


async def test_without_the_right_to_read_media_it_says_what_to_allow(studio: PostStage) -> None:
    [one] = files(studio, "image")
    post = out(studio)
    await studio.relink("read:self read:post write:post")

    answer = await studio.command("post edit", post=post.uuid, media=one)

    assert "read:media is missing. No changes made. Run /link again and allow it." in answer.text
    assert labels(message_of(answer)) == []


GONE = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"


@pytest.mark.parametrize(
    ("there", "typed", "told"),
    [
        ({}, {"media": GONE}, "Not in the vault of @luna: the item. No changes made."),
        ({}, {"media": "photo one"}, "“photo” isn't an item of the vault. No changes made."),
        ({}, {"media": f"none {GONE}"}, "“none” isn't an item of the vault"),
        (
            {},
            {"media": "  "},
            "Say what to change: `text:`, `media:`, `audience:`, `price:`, `preview:`",
        ),
        ({}, {"media": "unready"}, "Fanvue is still preparing"),
        ({}, {"media": "broken"}, "Fanvue couldn't process"),
        ({}, {"preview": GONE}, "A free preview needs media"),
        ({"media": "ready"}, {"preview": GONE}, "Not in the vault of @luna: the item."),
        ({"media": "ready"}, {"preview": "mine"}, "“mine” isn't an item of the vault"),
        ({"media": "ready", "price": 500}, {"media": "none"}, "With price:free it can go without."),
        ({"media": "ready"}, {"media": "none", "price": "5"}, "With price:free it can go without."),
        ({"media": "ready", "preview": "ready"}, {"media": "none"}, "Remove it with preview:none."),
        ({"media": "ready"}, {"media": "none", "text": "none"}, "A post needs a text or media."),
        ({}, {"text": "none"}, "A post needs a text or media."),
        ({}, {"price": "2.99"}, "$2.99 is below Fanvue's lowest price, $3.00."),
        ({}, {"expires": "24 Nov 2020 18:00"}, "has passed"),
        ({}, {"collections": "Winter"}, "There is no collection “Winter”. No changes made."),
        (
            {},
            {"collections": " , "},
            "Say what to change: `text:`, `media:`, `audience:`, `price:`, `preview:`",
        ),
        ({}, {"collections": "none"}, "The post is already like that."),
    ],
)
async def test_what_cannot_be_is_told_before_there_is_a_button(
    studio: PostStage, there: dict[str, Any], typed: dict[str, str], told: str
) -> None:
    ready, unready, broken = (studio.media(status=one) for one in ("ready", "processing", "error"))
    names = {"ready": ready, "unready": unready, "broken": broken}
    has = {**there, **({"media": [ready]} if "media" in there else {})}
    has |= {"preview": ready} if "preview" in there else {}
    post = out(studio, **has)

    answer = await studio.command(
        "post edit", post=post.uuid, **{name: names.get(value, value) for name, value in typed.items()}
    )

    assert told in answer.text
    assert labels(message_of(answer)) == []


async def test_a_long_list_is_shown_by_its_first_ten(studio: PostStage) -> None:
    post, media = out(studio), files(studio, *["image"] * 12)
    names = [f"Set {number}" for number in range(12)]
    for name in names:
        shelf(studio, name)

    answer = await studio.command(
        "post edit", post=post.uuid, media=" ".join(media), collections=", ".join(names)
    )
    shown = answer.text
    await studio.press(answer, CHANGE)

    assert "photo “item 10”, 2 more**" in shown
    assert "Set 9, 2 more**" in shown
    assert now_of(studio, post).media == media
    assert len(shelved(studio, post)) == 12


async def test_collections_are_offered_while_an_edit_is_typed(studio: PostStage) -> None:
    for label in ("Beach", "Winter"):
        shelf(studio, label)

    town = studio.town
    offered = await town.olivia.autocomplete(town.guild, town.lobby, "post edit", "collections", "Beach, w")

    assert [one["value"] for one in offered] == ["Beach, Winter"]
