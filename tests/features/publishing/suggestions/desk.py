"""Suggested posts of a desk: one waits, and every press is answered."""

from bot.features.publishing.suggestions.decision_service import SuggestionDecisionService
from bot.features.publishing.suggestions.edit_service import SuggestionEditService
from bot.features.publishing.suggestions.list_service import SuggestionListService
from bot.model.ports import Post
from storage.records import CommandId
from tests.discord.desk_answers import answering

STAND_INS = answering(
    SuggestionDecisionService,
    SuggestionEditService,
    SuggestionListService,
    first=Post(body=("No suggested post is waiting for you.",)),
    mine=Post(body=("You have no suggested post waiting.",)),
    stage=lambda wish: CommandId(f"suggested {wish.interaction}"),
    window={
        "text": "Good morning",
        "price": "",
        "audience": "subscribers only",
        "when": "",
        "expires": "",
    },
    approve="Published.",
    refuse="Refused.",
    take_back="Taken back.",
    give_back="Returned.",
    edit="Changed.",
    again="Put up.",
)
