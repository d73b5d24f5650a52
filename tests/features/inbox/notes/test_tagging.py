"""Tags as members give, offer and take them."""

import pytest

from bot.features.inbox.notes.feature import NotesFeature
from bot.features.inbox.notes.tag_service import LONGEST, MOST, FanTagService
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.engine import audit_log
from storage.records import CreatorId, DiscordId, FanId
from tests.features.inbox.claims.claims_scenario import NINA, OTTO, ClaimsScenario
from tests.relay.relay_scenario import CREATOR, EMMA, NOAH


@pytest.fixture
def tags(room: ClaimsScenario) -> FanTagService:
    return NotesFeature(room.ground()).tags


async def test_a_word_is_kept_once_however_it_is_written(room: ClaimsScenario, tags: FanTagService) -> None:
    thread = await room.thread(EMMA)

    await tags.add(NINA, thread, "VIP")
    await tags.add(OTTO, thread, "  vip ")
    said = await tags.add(OTTO, thread, "likes  *tea*")

    assert said == r"This fan's tags: **vip**, **likes \*tea\***."
    assert await room.database.read(lambda tx: tags.tags_of(tx, CREATOR, EMMA.id)) == ["vip", "likes *tea*"]


async def test_words_of_the_team_are_offered_for_another_fan(
    room: ClaimsScenario, tags: FanTagService
) -> None:
    await room.happen(room.wrote("hello from noah", NOAH))
    emma, noah = await room.thread(EMMA), await room.thread(NOAH)
    await tags.add(NINA, emma, "vip")
    await tags.add(NINA, emma, "night owl")
    await tags.add(NINA, noah, "night owl")

    assert await tags.offer_known(noah, "") == ["vip"]
    assert await tags.offer_known(emma, "") == []
    assert await tags.offer_held(emma, "OWL") == ["night owl"]


async def test_a_word_is_taken_away_and_what_is_not_there_says_so(
    room: ClaimsScenario, tags: FanTagService
) -> None:
    thread = await room.thread(EMMA)
    await tags.add(NINA, thread, "vip")

    wrong = await tags.remove(OTTO, thread, "whale")
    right = await tags.remove(OTTO, thread, "Vip")

    assert wrong == "This fan does not have that tag. This fan's tags: **vip**."
    assert right == "This fan has no tags now."


async def test_nothing_too_long_and_too_many_are_refused(room: ClaimsScenario, tags: FanTagService) -> None:
    thread = await room.thread(EMMA)

    assert "A tag is a word" in await tags.add(NINA, thread, "  ")
    assert "A tag is a word" in await tags.add(NINA, thread, "x" * (LONGEST + 1))
    for number in range(MOST):
        await tags.add(NINA, thread, f"tag {number}")
    assert "the most we keep" in await tags.add(NINA, thread, "one too many")
    with pytest.raises(ReplyRefused, match="This isn't a fan's thread"):
        await tags.add(NINA, DiscordId(1), "vip")


async def test_words_lie_sealed_and_the_audit_says_who_but_not_which(
    room: ClaimsScenario, tags: FanTagService
) -> None:
    thread = await room.thread(EMMA)
    await tags.add(NINA, thread, "night owl")
    await tags.remove(OTTO, thread, "night owl")
    await tags.add(NINA, thread, "night owl")

    (row,) = await room.database.read(lambda tx: tx.all("SELECT * FROM fan_tags"))
    lines = await room.database.read(lambda tx: audit_log.recent(tx, CREATOR, 99))
    written = [line for line in lines if line.action.startswith("tag.")]
    assert b"owl" not in bytes(row["body_ct"])
    assert {(line.action, line.actor) for line in written} == {("tag.add", NINA), ("tag.remove", OTTO)}
    assert "owl" not in str(written)


async def test_whoever_shows_a_fan_hears_of_it_in_the_commit(room: ClaimsScenario) -> None:
    heard: list[tuple[CreatorId, FanId]] = []

    async def listener(_tx: Transaction, creator: CreatorId, fan: FanId) -> None:
        heard.append((creator, fan))

    tags = NotesFeature(room.ground(), [listener]).tags
    thread = await room.thread(EMMA)
    await tags.add(NINA, thread, "vip")
    await tags.add(NINA, thread, "vip")
    await tags.remove(NINA, thread, "vip")

    assert heard == [(CREATOR, EMMA.id)] * 2


async def test_a_time_zone_that_is_being_typed_is_offered_behind_the_teams_words(
    room: ClaimsScenario, tags: FanTagService
) -> None:
    await room.happen(room.wrote("hello from noah", NOAH))
    emma, noah = await room.thread(EMMA), await room.thread(NOAH)
    await tags.add(NINA, emma, "europe/berlin")
    await tags.add(NINA, emma, "lisbon/europe/berth")

    offered = await tags.offer_known(noah, "Europe/Ber")
    await tags.add(NINA, noah, "Europe/Berlin")

    assert offered == ["lisbon/europe/berth", "europe/berlin"]
    assert await tags.offer_known(noah, "Europe/Ber") == ["lisbon/europe/berth"]
    assert await tags.offer_known(noah, "ber") == ["lisbon/europe/berth"]
    assert all(len(word) <= LONGEST for word in await tags.offer_known(noah, "america/"))
