"""The last question: which account, instead of which, and what would be off."""

from dataclasses import replace

import pytest

from bot.access.admission import OfferedForum, OfferedForums
from bot.features.people.accounts.question_texts import question, taken_place_of, with_rooms
from storage.people.pending_links import PendingLink
from storage.records import CreatorId, DiscordId, Forum, Link, LinkId, LinkKind, LinkState
from tests.features.people.accounts.accounts_fixtures import CountedIds

GUILD, ELSEWHERE, ME = DiscordId(1), DiscordId(2), DiscordId(7)
NEW = CreatorId("00000000-0000-4000-8000-00000000beef")
ACTIVE, WAITS, ENDING = LinkState.ACTIVE, LinkState.RELINK_REQUIRED, LinkState.UNLINKING


def a_link(handle: str, state: LinkState = ACTIVE, guild: DiscordId = GUILD, creator: str = "") -> Link:
    return Link(LinkId(handle), CreatorId(creator or handle), ME, guild, 1, state, "read:chat", handle)


PENDING = PendingLink(
    id="p" * 22,
    ticket_hash="t",
    discord_user=ME,
    guild=GUILD,
    creator=NEW,
    handle="new_one",
    display_name="New *One*",
    scopes="read:chat",
    tokens=None,
    state="open",
    expires_at=1,
)


@pytest.mark.parametrize(
    ("links", "offered"),
    [
        ([], None),
        ([a_link("old")], "old"),
        ([a_link("old", WAITS)], "old"),
        ([a_link("old"), a_link("older", WAITS)], "older"),  # the one that was asked for
        ([a_link("old"), a_link("older")], None),  # nobody can tell which is meant
        ([a_link("old", WAITS), a_link("older", WAITS)], None),
        ([a_link("old", guild=ELSEWHERE)], None),
        ([a_link("old", ENDING)], None),
        ([a_link("new_one", creator=NEW)], None),  # the same account again
        ([a_link("new_one", creator=NEW), a_link("old")], None),
    ],
)
def test_which_link_the_account_may_be_meant_to_replace(links: list[Link], offered: str | None) -> None:
    found = taken_place_of(links, PENDING)

    assert (found.handle if found else None) == offered


def test_without_another_account_it_is_a_plain_question() -> None:
    post = question(PENDING, None)

    assert [button.action for button in post.buttons] == ["link.yes", "link.no"]
    assert post.body[0] == r"Connect **@new\_one** (…beef), **New \*One\***, to this server?"
    assert "off" not in " ".join(post.body)


def test_with_another_account_both_ways_are_offered_and_the_old_one_is_named() -> None:
    post = question(PENDING, a_link("old_" + "x" * 200, WAITS), ["Mass messages", "Top fans"])

    assert [button.action for button in post.buttons] == ["link.yes", "link.instead", "link.no"]
    assert all(len(button.label) <= 80 for button in post.buttons)
    assert "waits for a new sign-in here" in post.body[1]
    assert "freezes its threads" in post.body[1]
    assert any("these are off: Mass messages, Top fans" in line for line in post.body)


def room(number: int, team: int | None = None, *, guild: DiscordId = GUILD, name: str = "") -> OfferedForum:
    there = Forum(DiscordId(number), guild, DiscordId(1), DiscordId(2), None, "{}", name)
    return OfferedForum(there, None if team is None else DiscordId(team))


def asked(
    rooms: OfferedForums, old: Link | None = None
) -> tuple[str, list[tuple[str, int | None, int | None]]]:
    """What the question says, and what each yes is to: its label, the forum, the role that is let in."""
    pending = with_rooms(PENDING, rooms, CountedIds())
    post = question(pending, old, rooms=rooms)
    found = [(one.label, pending.offer(one.ref)) for one in post.buttons if one.action != "link.no"]
    return "\n".join(post.body), [(label, way.forum, way.team) for label, way in found if way is not None]


def test_the_one_forum_that_waits_is_named_with_its_role_and_need_not_be_taken() -> None:
    said, ways = asked(OfferedForums(None, (room(11, 5),)))

    assert "Its fans' messages then appear in <#11>." in said
    assert "Everyone with the role <@&5> may then read and answer its fans." in said
    assert ways == [("Yes, connect", 11, 5), ("Yes, but not there", None, None)]


def test_of_several_each_is_offered_with_its_role_and_a_plain_yes_takes_none() -> None:
    rooms = OfferedForums(None, (room(11, 5, name="mila-fans"), room(12, name="luna-fans")))

    said, ways = asked(rooms, a_link("old"))

    assert "- <#11>: everyone with the role <@&5> may then read and answer" in said
    assert "- <#12>: only you answer there, until you add others with /team" in said
    assert "- “Instead”: in none of these yet" in said
    assert ways == [
        ("Yes, in #mila-fans", 11, 5),
        ("Yes, in #luna-fans", 12, None),
        ("Yes, in none of these", None, None),
        ("Yes, instead of @old", None, None),
    ]


def test_of_very_many_forums_no_more_are_offered_than_a_message_has_room_for() -> None:
    rooms = OfferedForums(None, tuple(room(number, name="x" * 100) for number in range(10, 40)))

    said, ways = asked(rooms, a_link("old"))

    assert len(ways) == 10
    assert said.count("<#") == 8
    assert all(len(label) <= 80 for label, _, _ in ways)


def test_a_forum_of_its_own_is_kept_and_none_is_offered_besides() -> None:
    here, ways = asked(OfferedForums(room(11, 5), (room(12),)))
    elsewhere, other = asked(OfferedForums(room(11, guild=ELSEWHERE)))

    assert "Its fans' messages appear in <#11>, as before." in here
    assert "<#12>" not in here
    assert ways == [("Yes, connect", 11, 5)]
    assert "Its fans stay in the channels it has on another server." in elsewhere
    assert other == [("Yes, connect", 11, None)]


def test_without_a_forum_it_says_who_makes_one_and_a_members_account_needs_none() -> None:
    said, ways = asked(OfferedForums(None))
    member = with_rooms(
        replace(PENDING, kind=LinkKind.MEMBER), OfferedForums(None, (room(11),)), CountedIds()
    )

    assert "It has no forum here yet: someone who manages this server creates one with /setup" in said
    assert "Only you may then answer its fans here" in said
    assert ways == [("Yes, connect", None, None)]
    assert (member.forum, member.others) == (None, ())
