"""Builds the service behind More on a fan's card."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.fan_status.service import FanStatusService
from bot.features.inbox.notes.feature import NotesFeature
from bot.features.inbox.profiles.avatar_service import FanAvatarService
from bot.features.inbox.profiles.fanvue import FanvueProfiles
from bot.features.inbox.profiles.figure_texts import ProfileFigureTexts
from bot.features.inbox.profiles.loader import ProfileLoader
from bot.features.inbox.profiles.service import Avatar, ProfileFansPort, ProfileService, Told, no_avatar
from bot.features.money.periods.bands import shown_to
from bot.features.money.periods.texts import source_of
from bot.features.people.accounts.clients import previews_of
from bot.features.publishing.media.small_pictures import SmallPictures
from bot.relay.context import Context


def make_profiles(
    on: Context,
    there: ProfileFansPort,
    notebook: NotesFeature,
    words: ProfileFigureTexts,
    told: Told,
    avatar: Avatar = no_avatar,
) -> ProfileService:
    """`there`: fans on Fanvue; `notebook`: what the team wrote down; `told`: what Fanvue says a fan is."""
    knowing = ProfileLoader(on, notebook=notebook)
    return ProfileService(
        database=on.database, knowing=knowing, there=there, words=words, told=told, avatar=avatar
    )


def build(ctx: FeatureContext) -> Feature:
    """Fans on Fanvue, with what the team wrote down and what Fanvue says that they are."""
    avatars = FanAvatarService(
        database=ctx.database,
        fanvue=ctx.fanvue,
        identity=ctx.identity,
        pictures=SmallPictures(previews_of(ctx.settings, ctx.fanvue.http)),
    )
    profiles = make_profiles(
        ctx,
        FanvueProfiles(ctx.fanvue, ctx.identity),
        ctx.get(NotesFeature),
        ProfileFigureTexts(shown_to, source_of),
        ctx.get(FanStatusService).told,
        avatars.of,
    )
    return Feature(name="profiles", services=(profiles,))
