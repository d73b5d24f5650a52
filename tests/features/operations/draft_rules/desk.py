"""Rules for drafts at a desk: what was wanted is said."""

from bot.features.operations.draft_rules.setting import DraftRuleSetting
from tests.discord.desk_answers import answering

STAND_INS = answering(DraftRuleSetting, change=lambda wish: f"Wanted: {wish.limit}.", allow="Allowed.")
