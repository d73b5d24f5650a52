"""/post new by its front door: shown, confirmed, published once, and told of."""

import pytest

from bot.discord.asking import NOT_HERE
from tests.features.publishing.posts.posts_scenario import MINUTE, PostStage, labels, message_of

NOW, LATER = "Publish now", "Schedule it"


async def test_it_is_published_as_it_was_shown_once_it_is_confirmed(studio: PostStage) -> None:
    answer = await studio.ask(text="Good *evening*, a new set is here")
    before = studio.published()
    shown = answer.text

    await studio.press(answer, NOW)

    assert before == []
    [post] = studio.published()
    assert (post["text"], post["audience"], post["price"], post["media"], post["publish_at"]) == (
        *("Good *evening*, a new set is here", "subscribers", None, []),
        None,
    )
    assert shown.splitlines()[:6] == [
        "### A post of @luna",
        "**Who sees it:** subscribers only",
        "**When:** right away",
        "**Price:** free",
        "**Media:** none",
        r"> Good \*evening\*, a new set is here",
    ]
    assert "It is published as soon as you confirm." in shown
    assert answer.text.startswith("### Post published")
    assert await studio.effects() == [("done", post["uuid"])]


async def test_the_alerts_channel_keeps_who_published_and_no_word_of_it(studio: PostStage) -> None:
    await studio.press(await studio.ask(text="Only for subscribers"), NOW)

    [note] = studio.noted()
    assert note.text == f"Post published, confirmed by <@{studio.town.olivia.user.id}>."
    assert "subscribers" not in str(note.components)


async def test_a_priced_one_is_scheduled_for_a_time_in_the_creators_zone(studio: PostStage) -> None:
    await studio.live_in("Europe/Berlin")
    studio.at("2026-11-24 10:00", "Europe/Berlin")
    photo, film, teaser = studio.media(), studio.media("video"), studio.media()
    answer = await studio.ask(
        text="The long version",
        media=f"{photo}, {film}",
        price="9.99",
        preview=teaser,
        when="tomorrow 6pm",
        audience="followers-and-subscribers",
    )
    shown = answer.text

    await studio.press(answer, LATER)

    assert shown.splitlines()[1:8] == [
        "**Who sees it:** followers and subscribers",
        "**When:** Wed 25 Nov 18:00 (Europe/Berlin), for you <t:1795626000:f>",
        "**Price:** $9.99 to unlock",
        "**Media:** 1 photo, 1 video",
        "**Free preview:** a photo",
        "> The long version",
        "-# When you confirm, Fanvue keeps it and publishes it then, in 1 day 8 hours.",
    ]
    [post] = studio.published()
    assert (post["media"], post["preview"], post["price"]) == ([photo, film], teaser, 999)
    assert post["publish_at"].isoformat() == "2026-11-25T17:00:00+00:00"
    [note] = studio.noted()
    assert note.text.startswith("Post scheduled for <t:1795626000:F>")


async def test_without_a_zone_times_are_utc_and_it_says_so(studio: PostStage) -> None:
    answer = await studio.ask(text="soon", when="in 2 hours")

    assert "(UTC)" in answer.text
    assert (
        "This creator has no time zone yet, so times are UTC. The owner chooses one: `/settings zone`."
        in answer.text
    )


async def test_a_long_text_is_published_whole_though_a_preview_cannot_hold_it(studio: PostStage) -> None:
    words = "It was a long evening. " * 217
    answer = await studio.ask(text=words)
    shown = answer.text

    await studio.press(answer, NOW)

    assert "\n… and " in shown
    assert "more characters, published as you typed them (4,990 in all)." in shown
    assert [post["text"] for post in studio.published()] == [words.strip()]


@pytest.mark.parametrize("who", ["maya", "victor"])
async def test_nobody_else_publishes_in_the_creators_name(studio: PostStage, who: str) -> None:
    answer = await studio.ask(who, text="hello")

    assert answer.text == NOT_HERE
    assert studio.asked() == 0


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text": "x" * 5001}, "That is 5,001 characters, and Fanvue takes 5,000."),
        ({"text": "x", "price": "five"}, "“five” is not a price."),
        ({"media": "beach"}, "“beach” isn't an item of the vault."),
        ({"text": "x", "preview": "1b4e28ba-2fa1-11d2-883f-0016d3cca427"}, "A preview needs media"),
        ({"text": "x", "when": "soonish"}, "We can't read that time. Write for example “18:00”"),
        ({"text": "x", "when": "24 Nov 2020 18:00"}, "has passed"),
        ({"media": "1b4e28ba-2fa1-11d2-883f-0016d3cca427"}, "Not in the vault of @luna: the item"),
    ],
)
async def test_what_cannot_be_published_is_told_before_there_is_a_button(
    studio: PostStage, typed: dict[str, str], told: str
) -> None:
    answer = await studio.ask(**typed)

    assert told in answer.text
    assert "Not published." in answer.text
    assert labels(message_of(answer)) == []
    assert studio.asked() == 0


async def test_each_file_that_cannot_be_published_is_named(studio: PostStage) -> None:
    ready, slow, broken = studio.media(), studio.media(status="processing"), studio.media(status="error")
    world = studio.evening.server.world
    foreign = world.add_media(world.add_creator("other", "Other")).uuid

    told = [(await studio.ask(text="x", media=f"{ready} {wrong}")).text for wrong in (slow, broken, foreign)]

    assert told[0].startswith("Fanvue is still preparing item 2.")
    assert told[1].startswith("Fanvue couldn't process item 2.")
    assert told[2].startswith("Not in the vault of @luna: item 2.")


async def test_more_files_than_fanvue_tells_at_once_are_all_looked_up(studio: PostStage) -> None:
    files = [studio.media() for _ in range(25)]

    answer = await studio.ask(media=" ".join(files))
    await studio.press(answer, NOW)

    assert "**Media:** 25 photos" in answer.text
    assert [post["media"] for post in studio.published()] == [files]


async def test_a_price_below_fanvues_lowest_is_refused(studio: PostStage) -> None:
    answer = await studio.ask(media=studio.media(), price="2.99")

    assert answer.text == "$2.99 is below Fanvue's lowest price, $3.00. Not published."


async def test_what_fanvue_did_not_allow_is_named_with_how_to_allow_it(studio: PostStage) -> None:
    await studio.relink("read:self read:media")

    answer = await studio.ask(text="hello")

    assert answer.text == (
        "Fanvue does not allow this for @luna yet: write:post and read:post are missing. Not "
        "published. Run /link again and allow it."
    )


async def test_fanvues_refusal_is_told_with_its_reason(studio: PostStage) -> None:
    await studio.live_in("UTC")
    studio.at("2026-11-24 10:00")
    answer = await studio.ask(text="soon", when="10:01")
    studio.evening.server.world._clock = studio.later(2 * MINUTE)  # Fanvue's clock is ahead

    await studio.press(answer, LATER)

    assert "### Post: not published" in answer.text
    assert (
        "Fanvue did not accept this post: publishAt must be in the future. Make a new one with /post new."
        in answer.text
    )
    assert studio.published() == []
    assert await studio.effects() == [("rejected", None)]


async def test_cancelled_is_cancelled(studio: PostStage) -> None:
    answer = await studio.ask(text="hello")

    await studio.press(answer, "Cancel")

    assert studio.asked() == 0
    assert ("post.press", "cancelled") in await studio.written_down()


async def test_while_the_vault_cannot_be_read_nothing_can_be_confirmed(studio: PostStage) -> None:
    photo = studio.media()
    studio.faults.add("error_before", "GET", "/media/bulk", status=503)

    answer = await studio.ask(media=photo)

    assert answer.text.startswith("We can't reach Fanvue right now, so it was not published.")
    assert labels(message_of(answer)) == []


async def test_a_vault_that_cannot_be_read_at_the_press_leaves_the_preview_open(studio: PostStage) -> None:
    answer = await studio.ask(media=studio.media())
    studio.faults.add("error_before", "GET", "/media/bulk", status=503)

    await studio.press(answer, NOW)
    held = answer.text
    await studio.press(answer, NOW)

    assert "We can't reach Fanvue right now, so it was not published." in held
    assert len(studio.published()) == 1


async def test_fanvues_refusal_without_a_reason_has_words(studio: PostStage) -> None:
    answer = await studio.ask(text="hello")
    studio.faults.add("error_before", "POST", "/posts$", status=404)

    await studio.press(answer, NOW)

    assert (
        "Fanvue did not accept this post and does not say why. Make a new one with /post new." in answer.text
    )
    assert await studio.effects() == [("rejected", None)]
