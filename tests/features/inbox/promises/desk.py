"""A desk's promises: says what it was told."""

from bot.features.inbox.promises.list_service import PromiseListService
from bot.features.inbox.promises.service import PromiseService
from bot.features.inbox.promises.source_service import PromiseSourceService
from bot.model.ports import Post
from tests.discord.desk import MILA
from tests.discord.desk_answers import answering

STAND_INS = (
    answering(
        PromiseListService,
        page=lambda mine, number: Post(body=(f"Page {number} of {len(mine)}.",)),
        show="The video.",
    )
    | answering(
        PromiseService,
        add=lambda actor, what, until: f"{actor} promised: {what}, {until}.",
        done=lambda actor: f"Kept by {actor}.",
        drop=lambda actor: f"Dropped by {actor}.",
        change=lambda actor: f"Changed by {actor}.",
        suggest=[("The video.", "0" * 22)],
        times=[("Tomorrow, 9:00", "tomorrow 9:00")],
        creator_of=MILA,
        keep=lambda actor: f"Kept by {actor}.",
        give_up=lambda actor: f"Dropped by {actor}.",
        tomorrow=lambda actor: f"Moved by {actor}.",
    )
    | answering(PromiseSourceService, text_of="The video.")
)
