"""Builds what puts mass messages together."""

from bot.features.context import FeatureContext
from bot.features.contract import Feature
from bot.features.inbox.reply_media.bundles import SavedSets, for_all
from bot.features.inbox.templates.feature import TemplatesFeature
from bot.features.people.offboarding.parts import OFFBOARDING_PARTS
from bot.features.publishing.campaigns.fanvue import FanvueCampaigns
from bot.features.publishing.campaigns.feature import CampaignsFeature
from bot.features.publishing.drafts.composition import DraftComposition
from bot.features.publishing.drafts.list_service import DraftListService, DraftListsPort
from bot.features.publishing.drafts.message_history import PastMassMessages
from bot.features.publishing.drafts.service import DraftService, DraftSources
from bot.features.publishing.drafts.store import DraftStore
from bot.features.publishing.drafts.tasks import DraftDepartureService, DraftExpiryTask
from bot.features.publishing.drafts.template_source import DraftTemplates
from bot.features.publishing.drafts.view_service import DraftViewService
from bot.features.publishing.mass_messages.feature import MassMessagesFeature
from bot.features.publishing.posts.fanvue import FanvuePosts
from bot.features.publishing.posts.feature import PostsFeature
from bot.relay.context import Context


class DraftsFeature:
    """The parts that the rest of the program speaks to."""

    def __init__(
        self,
        on: Context,
        lists: DraftListsPort,
        templates: TemplatesFeature,
        vault: FanvuePosts,
        sent: FanvueCampaigns,
    ) -> None:
        """`lists`, `vault` and `sent` read on Fanvue."""
        keeping = DraftStore(sealer=on.sealer, clock=on.clock, ids=on.ids)
        offered = DraftListService(on, lists)
        self.composing = DraftService(
            on,
            keeping=keeping,
            on=DraftViewService(on, keeping=keeping, lists=offered),
            lists=offered,
            sources=DraftSources(
                DraftTemplates(templates.finding, templates.filling),
                vault,
                PastMassMessages(on, sent),
            ),
        )
        sets = SavedSets(on, finding=templates.finding, values=for_all)
        self.picking = DraftComposition(database=on.database, keeping=keeping, sets=sets)
        self.leaving = DraftDepartureService()
        self.forgetting = DraftExpiryTask(database=on.database, clock=on.clock)


def build(ctx: FeatureContext) -> Feature:
    """A text begins as a template, with media of the vault, or as a message that was sent."""
    drafts = DraftsFeature(
        ctx,
        ctx.get(MassMessagesFeature).fanvue,
        ctx.get(TemplatesFeature),
        ctx.get(PostsFeature).fanvue,
        ctx.get(CampaignsFeature).fanvue,
    )
    return Feature(
        name="drafts",
        services=(drafts.composing, drafts.picking),
        tasks=(drafts.forgetting.task(divisor=ctx.divisor),),
        brings=(OFFBOARDING_PARTS.of(drafts.leaving),),
    )
