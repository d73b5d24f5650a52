"""A desk's uploads: says what it was told."""

from bot.features.publishing.uploads.service import UploadService
from storage.records import CommandId
from tests.discord.desk import MILA
from tests.discord.desk_answers import answering

STAND_INS = answering(
    UploadService,
    stage=lambda wish: CommandId(wish.interaction),
    accept="They go up.",
    creator_of=MILA,
    stop=lambda member: f"Stopped by {member}.",
)
