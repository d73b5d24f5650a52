"""A desk's languages: everybody is answered in English."""

from bot.features.people.languages.service import LanguageService
from tests.discord.desk_answers import answering

STAND_INS = answering(
    LanguageService,
    of_member="en",
    choose_mine=lambda wanted: f"Language: {wanted}.",
    choose_channels=lambda wanted: f"Language of the channels: {wanted}.",
)
