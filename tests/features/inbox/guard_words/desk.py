"""The services of forbidden words at a desk: no word is forbidden."""

from bot.features.inbox.guard_words.import_service import GuardWordImportService
from bot.features.inbox.guard_words.service import GuardWordExport, GuardWordService
from bot.model.ports import Post
from tests.discord.desk_answers import answering

STAND_INS = answering(
    GuardWordService,
    GuardWordImportService,
    show=Post(body=("No words yet.",)),
    like=[("real name (block)", "own:real name")],
    add=lambda phrase, level: f"{phrase}: {level}.",
    remove=lambda wanted: f"{wanted} is off.",
    export=GuardWordExport(b"block: real name\n", 1),
    test={},
    ask=Post(body=("1 new.",)),
    yes="Done.",
    no="Not imported.",
)
