"""The page's sign-in at a desk: a link for whoever asks."""

from bot.features.people.team_page.sign_in_service import PageSignInService
from tests.discord.desk_answers import answering

STAND_INS = answering(PageSignInService, begin="https://bridge.example/page/in/ticket")
