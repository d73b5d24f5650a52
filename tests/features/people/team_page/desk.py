"""The page's sign-in at a desk: a link for whoever asks."""

# ruff: noqa: ARG002 - the signatures are the real ones'

from bot.access.permits import Permit
from bot.features.people.team_page.sign_in_service import PageSignInService
from tests.discord.desk import Desk, DeskServices


class DeskPageSignIn:
    """Gives everybody the same address."""

    async def begin(self, permit: Permit) -> str:
        return "https://bridge.example/page/in/ticket"


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {PageSignInService: DeskPageSignIn()}
