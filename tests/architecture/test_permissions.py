"""What the page on setting up names for the invitation is what the link asks for."""

import discord

from bot.discord.discord_permissions import NAMES, NEEDED
from bot.discord.invitation import invitation
from bot.discord.team_mark import NAME
from tests.architecture.source_tree import TOP


def test_the_page_names_exactly_the_permissions_that_the_bot_needs_in_the_codes_order() -> None:
    page = (TOP / "docs" / "setup.md").read_text(encoding="utf-8")

    asked = (
        f"with the scopes `bot` and `applications.commands` and these permissions: {', '.join(NAMES)}, and"
    )

    assert f"{asked} {NAME}," in page, f"write there: {asked} {NAME},"


def test_the_invite_link_asks_for_these_and_no_more() -> None:
    link = invitation("https://discord.com/oauth2/authorize", 7)

    asked = discord.Permissions(int(link.rpartition("=")[2]))
    assert asked == NEEDED | discord.Permissions(bypass_slowmode=True)
    assert "scope=bot+applications.commands" in link
