"""A desk's pings: says what it was told."""

from bot.features.inbox.pings.service import PingSetting
from tests.discord.desk_answers import answering

STAND_INS = answering(PingSetting, set=lambda typed: f"Pings: {typed.mode}.")
