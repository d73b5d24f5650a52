"""A desk's digests: nobody wants one."""

from bot.features.money.digests.preview_service import DigestPreviewService
from bot.features.money.digests.service import DigestService
from bot.model.ports import Post
from tests.discord.desk import MILA
from tests.discord.desk_answers import answering

STAND_INS = answering(
    DigestPreviewService,
    DigestService,
    put=lambda wish: f"At {wish.hour} in <#{wish.channel}>.",
    off="None any more.",
    now=lambda sort: (Post(title=sort, body=("A preview.",)), None),
    show="None.",
    live_in=lambda zone: zone,
    creator_of=MILA,
)
