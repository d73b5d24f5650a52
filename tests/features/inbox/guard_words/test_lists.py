"""Words are forbidden for a creator or a whole server, by who leads it."""

import pytest

from bot.features.inbox.guard.packs import GuardLevel
from bot.features.inbox.guard_words import texts
from bot.features.inbox.guard_words.rules import MOST, GuardWordRefused
from bot.features.inbox.guard_words.word_lists import GuardWordLists
from storage.engine import audit_log
from storage.records import DiscordId
from tests.features.inbox.guard_words.guard_words_scenario import ZOE, GuardWordsScenario
from tests.relay.relay_scenario import CREATOR, whole


async def test_both_lists_bite_and_a_test_says_whose_word_it_is(lists: GuardWordsScenario) -> None:
    await lists.add("real name", "hold")
    said = await lists.add("Valencia", "block", shared=True)

    found = await lists.bites("My r3al n4me is known in V a l e n c i a")

    assert said == "Done. “Valencia” is on this server's list: block, it is not sent."
    assert found == {
        "“real name” is on this creator's list of forbidden words.": GuardLevel.HOLD,
        "“Valencia” is on this server's list of forbidden words.": GuardLevel.BLOCK,
    }
    assert await lists.bites("hello there") == {}
    shown = whole(await lists.keeping.show(await lists.permit()))
    assert "real name (hold)" in shown
    assert "Valencia (block)" in shown


async def test_a_word_has_one_level_and_is_taken_off_where_it_is(lists: GuardWordsScenario) -> None:
    await lists.add("real name", "hold")
    again = await lists.add("Real  Name", "warn")
    await lists.add("real name", "block", shared=True)
    suggested = await lists.keeping.like(await lists.permit(), "NAME")

    off = await lists.keeping.remove(await lists.permit(), "server:real name")

    assert "It was hold." in again
    assert suggested == [
        ("Real Name (warn)", "own:Real Name"),
        ("real name (block, all creators)", "server:real name"),
    ]
    assert off == "Done. “real name” (block) is off this server's list."
    assert list((await lists.bites("real name")).values()) == [GuardLevel.WARN]
    await lists.keeping.remove(await lists.permit(), "REAL NAME")
    assert await lists.bites("real name") == {}
    with pytest.raises(GuardWordRefused, match="on neither list"):
        await lists.keeping.remove(await lists.permit(), "real name")


async def test_the_servers_list_needs_somebody_who_leads_every_creator(lists: GuardWordsScenario) -> None:
    await lists.add("real name", "block", shared=True)
    await lists.another_creator()

    with pytest.raises(GuardWordRefused, match="leads every creator"):
        await lists.add("other", "block", shared=True)
    with pytest.raises(GuardWordRefused, match="leads every creator"):
        await lists.keeping.remove(await lists.permit(), "real name")
    with pytest.raises(GuardWordRefused, match="leads every creator"):
        await lists.ask("block: other", shared=True)

    assert await lists.file(shared=True) == "block: real name\n"


async def test_one_servers_list_acts_on_no_other_server_and_where_none_is_known_all_do(
    lists: GuardWordsScenario,
) -> None:
    await lists.add("real name", "block", shared=True)
    elsewhere = DiscordId(77)

    async def found(guild: DiscordId | None) -> int:
        made: GuardWordLists = lists.lists
        return len(await lists.room.database.read(lambda tx: made.find(tx, "real name", CREATOR, guild)))

    assert await found(elsewhere) == 0
    assert await found(None) == 1


async def test_no_word_is_in_the_audit_or_in_clear(lists: GuardWordsScenario) -> None:
    await lists.add("Valencia", "block")
    await lists.file()

    lines = await lists.room.database.read(lambda tx: audit_log.recent(tx, CREATOR, 9))
    rows = await lists.room.database.read(lambda tx: tx.all("SELECT * FROM guard_words"))

    assert {(line.action, line.target) for line in lines if line.action.startswith("guard.")} == {
        ("guard.words.add", "own: block"),
        ("guard.words.export", "own"),
    }
    assert b"alencia" not in b"".join(bytes(row["body_ct"]) for row in rows)


async def test_a_damaged_list_holds_every_text_until_it_is_imported_anew(lists: GuardWordsScenario) -> None:
    await lists.add("Valencia", "block", shared=True)
    await lists.damage()

    found = await lists.bites("hello")
    with pytest.raises(GuardWordRefused, match="damaged"):
        await lists.add("other", "warn", shared=True)
    await lists.press(await lists.ask("block: Valencia", shared=True), replace=True)

    assert list(found.values()) == [GuardLevel.HOLD]
    assert await lists.bites("hello") == {}
    assert len(await lists.bites("valencia")) == 1


async def test_a_full_list_takes_no_more_but_its_own(lists: GuardWordsScenario) -> None:
    await lists.press(await lists.ask("\n".join(f"warn: word {number}" for number in range(MOST))))

    with pytest.raises(GuardWordRefused) as refused:
        await lists.add("one more")

    assert str(refused.value) == texts.FULL.format(most=MOST)
    assert "It was warn." in await lists.add("word 7", "block")
    shown = whole(await lists.keeping.show(await lists.permit()))
    assert len(shown) < 4_000
    assert "more: /settings guard export has all." in shown


async def test_another_creators_list_does_not_act(lists: GuardWordsScenario) -> None:
    await lists.add("real name")

    found = await lists.room.database.read(lambda tx: lists.lists.find(tx, "real name", ZOE, DiscordId(77)))

    assert found == []
