"""`Media` of a desk: every vault looks empty."""

from bot.features.publishing.media.answer_service import MediaAnswerService
from bot.features.publishing.media.creator_pictures import CreatorPictures
from bot.features.publishing.media.message_service import MessageMediaService, ShownMedia
from bot.features.publishing.media.service import MediaPage, MediaService
from bot.model.ports import Post
from storage.records import DiscordId, Link, LinkId, LinkState, MediaId
from tests.discord.desk import MILA
from tests.discord.desk_answers import answering

_LINK = Link(
    LinkId("link-of-mila"), MILA, DiscordId(1), DiscordId(1), 1, LinkState.ACTIVE, "read:media", "mila"
)


STAND_INS = (
    answering(CreatorPictures, of={})
    | answering(MediaAnswerService, turned=None)
    | answering(
        MediaService,
        browse=MediaPage(Post(body=("The vault is empty.",)), choice=None),
        turn=MediaPage(Post(body=("The vault is empty.",)), choice=None),
        items=(Post(body=("An item.",)), ()),
        pick=MediaPage(Post(body=("The vault is empty.",)), choice=None),
        picked=(_LINK, (MediaId("11111111-2222-4333-8444-555555555555"),)),
        creator_of=MILA,
        suggest=(("Beach", "11111111-2222-4333-8444-555555555555"),),
        names={},
        lines=None,
        folders=(("Summer", "Summer"),),
    )
    | answering(MessageMediaService, shown=ShownMedia(()))
)
