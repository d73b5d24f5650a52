"""A post that ends, or is in collections: shown, published so, found again."""

import pytest

from bot.engine.retry import RetryWaits
from tests.features.publishing.posts.posts_scenario import MINUTE, PostStage, labels, message_of

NOW = "Publish now"
PATIENCE = RetryWaits().proposed + MINUTE


def shelf(studio: PostStage, label: str) -> str:
    """A collection of hers."""
    return studio.evening.server.world.add_collection(studio.evening.account, label).uuid


async def test_it_ends_when_it_was_shown_to_end_in_the_collections_that_were_named(studio: PostStage) -> None:
    await studio.live_in("Europe/Berlin")
    studio.at("2026-11-24 10:00", "Europe/Berlin")
    beach, summer = shelf(studio, "Beach"), shelf(studio, "Summer 2026")
    shelf(studio, "Winter")
    answer = await studio.ask(text="hello", expires="tomorrow 18:00", collections="beach, Summer 2026")
    shown = answer.text

    await studio.press(answer, NOW)

    assert "**Expires:** Wed 25 Nov 18:00 (Europe/Berlin), for you <t:1795626000:f>" in shown
    assert "**Collections:** Beach, Summer 2026" in shown
    world = studio.evening.server.world
    [post] = world.posts.values()
    assert post.expires_at is not None
    assert post.expires_at.isoformat() == "2026-11-25T17:00:00+00:00"
    assert world.below.shelved[post.uuid] == [beach, summer]


async def test_one_whose_answer_was_lost_is_told_apart_by_its_end_and_collections(studio: PostStage) -> None:
    shelf(studio, "Beach")
    answer = await studio.ask(text="hello", expires="in 2 weeks", collections="Beach")
    studio.faults.add("lose_answer", "POST", "/posts$")
    await studio.press(answer, NOW)
    studio.evening.server.world.post_as_creator(studio.evening.account, "hello")

    await studio.driver.pass_time(PATIENCE)

    assert [state for state, _ in await studio.effects()] == ["done"]
    assert studio.asked() == 1 + 1  # the request, and the fault that lost its answer


async def test_a_collection_that_is_gone_at_the_press_is_said_and_nothing_goes_out(studio: PostStage) -> None:
    uuid = shelf(studio, "Beach")
    answer = await studio.ask(text="hello", collections="Beach")
    del studio.evening.server.world.below.collections[uuid]

    await studio.press(answer, NOW)

    assert "The collection “Beach” no longer exists." in answer.text
    assert studio.published() == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"collections": "Beach"}, "There is no collection “Beach”."),
        ({"expires": "in 1 hour", "when": "in 2 hours"}, "A post can only expire after it is published."),
        ({"expires": "now"}, "A post can only expire after it is published."),
        ({"expires": "24 Nov 2020 18:00"}, "has passed"),
    ],
)
async def test_what_cannot_be_is_told_before_there_is_a_button(
    studio: PostStage, typed: dict[str, str], told: str
) -> None:
    answer = await studio.ask(text="hello", **typed)

    assert told in answer.text
    assert labels(message_of(answer)) == []


async def test_collections_are_offered_by_name_one_after_another(studio: PostStage) -> None:
    for label in ("Beach", "Beach at night", "Winter"):
        shelf(studio, label)
    town = studio.town

    offered = await town.olivia.autocomplete(
        town.guild, town.lobby, "post new", "collections", "Winter, beach"
    )

    assert sorted(choice["value"] for choice in offered) == ["Winter, Beach", "Winter, Beach at night"]
