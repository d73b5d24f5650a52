"""`Timers` of a desk: says what it was told."""

from bot.features.inbox.timers.setting import TimerSetting
from tests.discord.desk_answers import answering

STAND_INS = answering(TimerSetting, set=lambda first: f"First: {first}.")
