"""What is offered while media are typed: to the creator's own person, at once."""

import pytest

from bot.model.ports import Post
from storage.records import DiscordId, MediaId
from tests.features.publishing.media.media_scenario import MediaScenario


async def test_recent_items_are_found_by_kind_name_day_and_price(gallery: MediaScenario) -> None:
    beach = gallery.add("beach set", recommended_price=999)
    clip = gallery.add("beach walk", "video", caption="dunes")
    gallery.add("city")
    day = f"{clip.created_at.day} {clip.created_at:%b %Y}"

    by_name = await gallery.typed("BEACH")
    found = {words: await gallery.typed(words) for words in ("video", "dunes", f"walk {day}", "9.99", "snow")}

    assert by_name == [
        {"name": f"Video · beach walk · {day}", "value": clip.uuid},
        {"name": f"Picture · beach set · {day} · $9.99", "value": beach.uuid},
    ]
    ids = {words: [choice["value"] for choice in choices] for words, choices in found.items()}
    assert ids == {
        "video": [clip.uuid],
        "dunes": [clip.uuid],
        f"walk {day}": [clip.uuid],
        "9.99": [beach.uuid],
        "snow": [],
    }


async def test_a_chosen_item_is_what_the_reply_sends(gallery: MediaScenario) -> None:
    made = gallery.add("beach set")
    (choice,) = await gallery.typed("beach")
    there = gallery.town

    answer = await there.olivia.slash(
        there.guild, gallery.fan_thread.thread, "reply", text="for you", media=choice["value"]
    )
    await answer.says("On its way")

    assert [message.media for _thread, message in there.desk.sent] == [(MediaId(made.uuid),)]


async def test_one_more_item_is_offered_behind_an_id_while_they_fit(gallery: MediaScenario) -> None:
    first, second, third = gallery.add("one"), gallery.add("two"), gallery.add("three")

    two = await gallery.typed(f"{first.uuid}, two")
    three = await gallery.typed(f"{first.uuid} {second.uuid} three")
    preview = await gallery.typed(f"{first.uuid} two", option="preview")

    assert [choice["value"] for choice in two] == [f"{first.uuid} {second.uuid}"]
    assert two[0]["name"].startswith("+ Picture · two")
    assert (three, preview) == ([], [])
    assert third.uuid not in repr(two)


async def test_only_what_can_be_sent_is_offered_and_25_at_most(gallery: MediaScenario) -> None:
    for number in range(30):
        gallery.add(f"set {number}")
    slow = gallery.add("slow", status="processing")

    everything = await gallery.typed("")

    assert len(everything) == 25
    assert slow.uuid not in repr(everything)


async def test_a_long_name_is_cut_to_what_discord_shows(gallery: MediaScenario) -> None:
    gallery.add("x" * 300)

    (choice,) = await gallery.typed("")

    assert len(choice["name"]) <= 100


@pytest.mark.parametrize("who", ["maya", "victor"])
async def test_nobody_but_the_creators_own_person_is_offered_anything(
    gallery: MediaScenario, who: str
) -> None:
    gallery.add("beach")

    assert [await gallery.typed(words, who) for words in ("", "beach")] == [[], []]
    assert gallery.requests("/media") == 0


async def test_outside_a_thread_of_this_creator_nothing_is_offered(gallery: MediaScenario) -> None:
    gallery.add("beach")
    there = gallery.town
    forum = there.server.world.add_channel(there.guild, "others", 15, nsfw=True)
    other = await there.bot.discord.open_thread(
        DiscordId(forum.id), name="Else", card=Post(body=("A fan.",)), tags=[]
    )

    assert await gallery.typed("", place=there.lobby) == []
    assert await gallery.typed("", place=other.thread) == []


async def test_typing_asks_fanvue_once_a_minute(gallery: MediaScenario) -> None:
    gallery.add("beach")
    for words in ("", "b", "be", "bea"):
        await gallery.typed(words)
    gallery.add("beach two")
    gallery.clock.at += 59_000 - 60_000  # adding an item moved the clock
    before = await gallery.typed("beach")
    gallery.clock.at += 1_000
    after = await gallery.typed("beach")

    assert (len(before), len(after)) == (1, 2)
    assert gallery.requests("/media") == 2


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "error_before", "status": 503},
        {"kind": "too_many", "retry_after": 30},
        {"kind": "delay", "seconds": 3600.0},
    ],
    ids=["down", "limited", "slow"],
)
async def test_without_fanvue_nothing_is_offered_and_discord_has_its_answer_in_time(
    gallery: MediaScenario, fault: dict[str, object]
) -> None:
    gallery.add("beach")
    gallery.evening.server.faults.add(method="GET", path="/media$", **fault)  # type: ignore[arg-type]

    offered = await gallery.typed("beach")

    assert offered == []
    assert gallery.town.server.ledger.of("interaction_failed") == []


@pytest.mark.parametrize("command", ["mass new", "post new"])
async def test_commands_for_a_whole_creator_suggest_her_vault_to_her_alone(
    gallery: MediaScenario, command: str
) -> None:
    made = gallery.add("beach set")
    there = gallery.town

    offers = [
        await who.autocomplete(there.guild, there.lobby, command, option, "beach")
        for who in (there.olivia, there.maya)
        for option in ("media", "preview")
    ]

    assert [[choice["value"] for choice in offered] for offered in offers] == [
        [made.uuid],
        [made.uuid],
        [],
        [],
    ]
