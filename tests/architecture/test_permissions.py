"""What the README asks for when the bot is invited is what the code needs."""

from bot.discord.discord_permissions import NAMES
from tests.architecture.source_tree import TOP


def test_the_readme_names_exactly_the_permissions_that_setup_needs_in_the_codes_order() -> None:
    readme = (TOP / "README.md").read_text(encoding="utf-8")

    asked = f"with the scopes `bot` and `applications.commands` and these permissions: {', '.join(NAMES)}. It"

    assert asked in readme, f"write there: {asked}"
