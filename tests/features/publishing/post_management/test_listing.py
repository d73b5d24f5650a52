"""/post list, and what is offered while somebody chooses a post."""

from datetime import timedelta

from tests.features.publishing.post_management.test_changing import out, scheduled
from tests.features.publishing.posts.posts_scenario import PostStage


async def test_published_scheduled_and_drafts_are_listed_in_the_creators_zone(studio: PostStage) -> None:
    await studio.live_in("Europe/Berlin")
    studio.at("2026-11-24 10:00", "Europe/Berlin")
    first = out(studio, "First")
    studio.evening.server.world.pinned.add(first.uuid)
    await studio.evening.fan.like(first.uuid)
    studio.clock.at += 3_600_000
    out(studio, "Second")
    out(studio, "Not yet", published_at=None)
    await scheduled(studio)

    published, coming, drafts = [
        (await studio.command("post list", show=show)).text for show in ("published", "scheduled", "drafts")
    ]

    assert published.splitlines() == [
        "### Published posts of @luna",
        "**1.** published Tue 24 Nov 11:00 (Europe/Berlin) · subscribers only · 0 likes, 0 comments, 0 tips",
        "> Second",
        (
            "**2.** 📌 published Tue 24 Nov 10:00 (Europe/Berlin) · subscribers only · 1 like, "
            "0 comments, 0 tips"
        ),
        "> First",
    ]
    assert "scheduled for Wed 25 Nov 18:00 (Europe/Berlin)" in coming
    assert ("> Not yet" in drafts, "> Soon" in drafts) == (True, False)


async def test_a_long_list_has_pages_and_each_post_stands_on_one(studio: PostStage) -> None:
    for number in range(21):
        out(studio, f"Post {number:02d}").created_at += timedelta(seconds=number)

    pages = [(await studio.command("post list", page=page)).text for page in (1, 2, 3, 9)]

    found = [f"> Post {number:02d}" in "".join(pages[:3]) for number in range(21)]
    assert all(found)
    assert [text.count("> Post") for text in pages] == [7, 7, 7, 7]
    assert "Page 3 of 3." in pages[3]


async def test_posts_are_offered_by_their_words_and_to_nobody_else(studio: PostStage) -> None:
    wanted = out(studio, "Beach at dawn")
    out(studio, "Something else")
    town = studio.town

    offered = await town.olivia.autocomplete(town.guild, town.lobby, "post pin", "post", "beach")
    others = await town.victor.autocomplete(town.guild, town.lobby, "post pin", "post", "beach")

    assert [choice["value"] for choice in offered] == [wanted.uuid]
    assert "Beach at dawn" in offered[0]["name"]
    assert others == []
