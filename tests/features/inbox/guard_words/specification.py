"""Who may import forbidden words, and by which press, by hand."""

from bot.access.policy import Action

ACTIONS = "guard.import owner manager"
CONFIRMING = {"words.add": Action.GUARD_IMPORT, "words.replace": Action.GUARD_IMPORT}
