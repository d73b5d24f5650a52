"""Fans are found by name, tag, note and text; and no text shows in private."""

import pytest

from bot.features.inbox.notes.feature import NotesFeature
from bot.features.inbox.notes.search_service import TOO_SHORT
from bot.model.events import Person
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.records import CreatorId, DiscordId, FanId
from tests.features.inbox.claims.claims_scenario import NINA, OTTO, ClaimsScenario, words_of
from tests.relay.namesake_fixtures import NAMESAKES, stands_beside
from tests.relay.relay_scenario import CREATOR, EMMA, GUILD, NOAH
from tests.storage.record_fixtures import OTHER_CREATOR, a_creator_in


@pytest.fixture
def knowing(room: ClaimsScenario) -> NotesFeature:
    return NotesFeature(room.ground())


async def found(knowing: NotesFeature, typed: str, *, guild: DiscordId = GUILD) -> str:
    return words_of(await knowing.finding.find([CREATOR], guild, typed))


async def small(knowing: NotesFeature, typed: str) -> str:
    """What is said under the results."""
    return (await knowing.finding.find([CREATOR], GUILD, typed)).small or ""


async def test_by_name_tag_note_and_text_whatever_case_and_accents(
    room: ClaimsScenario, knowing: NotesFeature
) -> None:
    await room.happen(room.wrote("I would love a Café latte", NOAH))
    emma, noah = await room.thread(EMMA), await room.thread(NOAH)
    await knowing.notes.add(NINA, emma, "Works at a Brasserie")
    await knowing.tags.add(NINA, emma, "night owl")

    assert f"<#{emma}>" in await found(knowing, "QUIET-OTT")
    assert f"<#{emma}> · tag **night owl**" in await found(knowing, "Owl")
    assert f"<#{emma}> · note: Works at a Brasserie" in await found(knowing, "brassérie")
    assert f"<#{noah}> · chat: I would love a Café latte" in await found(knowing, "CAFE lat")
    assert "No fan found." in await found(knowing, "zebra")
    assert await found(knowing, "a!") == TOO_SHORT


async def test_only_creators_who_were_asked_about_are_looked_through(
    room: ClaimsScenario, knowing: NotesFeature
) -> None:
    await knowing.notes.add(NINA, await room.thread(EMMA), "works at a zoo")

    elsewhere = await knowing.finding.find([CreatorId("another")], GUILD, "at a zoo")

    assert "No fan found." in words_of(elsewhere)
    assert "<#" not in await found(knowing, "at a zoo", guild=DiscordId(5))


async def test_in_private_it_says_where_and_shows_no_text(
    room: ClaimsScenario, knowing: NotesFeature
) -> None:
    thread = await room.thread(EMMA)
    await knowing.notes.add(NINA, thread, "works at a zoo")
    await room.happen(room.wrote("the zoo was closed"))
    await room.database.write(
        lambda tx: privacy_modes.choose(tx, CREATOR, PrivacyMode.PRIVATE, since=room.clock.now())
    )

    shown = await found(knowing, "zoo")

    assert f"<#{thread}> · in a note · in the chat" in shown
    assert "works at" not in shown
    assert "closed" not in shown


async def test_in_covered_mode_what_it_shows_is_covered(room: ClaimsScenario, knowing: NotesFeature) -> None:
    thread = await room.thread(EMMA)
    await room.happen(room.wrote("the || zoo was closed"))
    await knowing.notes.add(NINA, thread, "works at a zoo")
    await room.database.write(
        lambda tx: privacy_modes.choose(tx, CREATOR, PrivacyMode.COVERED, since=room.clock.now())
    )

    (shown,) = (await knowing.finding.find([CREATOR], GUILD, "zoo")).body

    assert "note: ||works at a zoo||" in shown
    assert r"chat: ||the \|\| zoo was closed||" in shown


@pytest.mark.parametrize("table", ["notes", "fan_tags", "outbox"])
async def test_what_is_damaged_is_passed_over_and_said(
    room: ClaimsScenario, knowing: NotesFeature, table: str
) -> None:
    await room.happen(room.wrote("we met at the zoo", NOAH))
    thread = await room.thread(EMMA)
    await knowing.notes.add(NINA, thread, "works at a bakery")
    await knowing.tags.add(NINA, thread, "night owl")
    damage = f"UPDATE {table} SET body_ct = :body WHERE fan_uuid = :fan"  # noqa: S608 - one of three
    if table == "outbox":
        damage += " AND kind = 'post'"
    await room.database.write(lambda tx: tx.execute(damage, body=b"\x01no", fan=EMMA.id))

    shown = await found(knowing, "zoo")

    assert "chat: we met at the zoo" in shown
    assert "1 could not be read" in await small(knowing, "zoo")


async def test_a_long_text_is_shown_where_the_words_stand(
    room: ClaimsScenario, knowing: NotesFeature
) -> None:
    await knowing.notes.add(
        NINA, await room.thread(EMMA), f"{'likes long walks ' * 30}and the ZÓO {'too ' * 50}"
    )

    shown = await found(knowing, "the zoo")

    assert "and the ZÓO too" in shown
    assert "note: … " in shown


async def test_whoever_has_too_many_hits_is_told_no_wrong_number(
    room: ClaimsScenario, knowing: NotesFeature
) -> None:
    for number in range(20):
        uuid = FanId(f"{number:08d}-0000-4000-8000-6f2a9b7c1d21")
        await room.happen(room.wrote("hello", Person(uuid, f"walker-{number:02d}", f"Walker {number:02d}")))

    said = await small(knowing, "walker")

    assert "Only 15 fans are shown, and there are more" in said
    assert "16" not in said


async def test_it_says_where_it_looked_and_finds_no_words_of_the_bridge(
    room: ClaimsScenario, knowing: NotesFeature
) -> None:
    await room.hands_over(NINA, OTTO)
    await room.pass_time(1000)
    said = "handed this fan to"
    assert said in str(await room.lines())

    post = await knowing.finding.find([CREATOR], GUILD, said)

    assert post.body == ("No fan found. Try fewer letters, or another word.",)
    assert "the newest 500 kept texts of each creator" in (post.small or "")


@NAMESAKES
async def test_who_has_no_thread_here_is_told_from_somebody_named_alike(
    room: ClaimsScenario, knowing: NotesFeature, handle: str, name: str, digits: str
) -> None:
    await room.thread(EMMA)
    await stands_beside(room.database, handle, name)

    shown = await found(knowing, "quiet-ott", guild=DiscordId(5))

    assert f"Emma @quiet-otter{digits} · by name" in shown


@NAMESAKES
async def test_of_several_creators_it_says_whose_fan_it_is(
    room: ClaimsScenario, knowing: NotesFeature, handle: str, name: str, digits: str
) -> None:
    await room.thread(EMMA)
    await room.database.write(lambda tx: a_creator_in(tx, OTHER_CREATOR))
    await stands_beside(room.database, handle, name, OTHER_CREATOR)
    typed = "zoe" if name == "Zoe" else "emma"

    said = words_of(await knowing.finding.find([CREATOR, OTHER_CREATOR], DiscordId(5), typed))

    assert " of @handle · by name" in said
    assert (f"Emma @quiet-otter{digits} of @lola · by name" in said) is (typed == "emma")
