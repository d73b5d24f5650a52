"""The last question: which account, instead of which, and what would be off."""

import pytest

from bot.accounts.asking import question, taken_place_of
from storage.logins import Pending
from storage.records import CreatorId, DiscordId, Link, LinkId, LinkState

GUILD, ELSEWHERE, ME = DiscordId(1), DiscordId(2), DiscordId(7)
NEW = CreatorId("00000000-0000-4000-8000-00000000beef")
ACTIVE, WAITS, ENDING = LinkState.ACTIVE, LinkState.RELINK_REQUIRED, LinkState.UNLINKING


def a_link(handle: str, state: LinkState = ACTIVE, guild: DiscordId = GUILD, creator: str = "") -> Link:
    return Link(LinkId(handle), CreatorId(creator or handle), ME, guild, 1, state, "read:chat", handle)


PENDING = Pending(
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
    assert "waits for a new sign-in here already" in post.body[1]
    assert "freezes its threads" in post.body[1]
    assert any("these are off: Mass messages, Top fans" in line for line in post.body)
