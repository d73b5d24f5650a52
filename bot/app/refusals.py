"""The errors that tell the giver of a command why it was not done."""

from bot.discord.answers import NotHere
from bot.discord.asking import NotConnected
from bot.features.inbox.assistant.model import AssistantUnavailable
from bot.features.inbox.guard_words.rules import GuardWordRefused
from bot.features.inbox.pricing.rules import PriceRefused
from bot.features.inbox.routing.rules import RoutingRefused
from bot.features.money.periods.read_limit import FiguresUnavailable
from bot.features.operations.channel_drafts.model import ChannelDraftRefused
from bot.features.people.accounts.errors import LinkUnavailable
from bot.features.people.agency.steward_service import StewardRefused
from bot.features.publishing.media.fanvue import VaultUnavailable
from bot.features.publishing.picker.rules import PickRefused
from bot.features.publishing.proposals.model import ProposalRefused
from bot.features.publishing.uploads.kind_rules import UploadRefused
from bot.model.errors import SealDamaged, TextErased
from bot.relay.message_template import TemplateRefused
from bot.text.reply_rules import ReplyRefused

# Those whose str() is a sentence for whoever gave the command.
REFUSALS = (
    StewardRefused,
    ReplyRefused,
    SealDamaged,
    TextErased,
    LinkUnavailable,
    FiguresUnavailable,
    VaultUnavailable,
    ProposalRefused,
    NotConnected,
    NotHere,
    TemplateRefused,
    PriceRefused,
    UploadRefused,
    PickRefused,
    GuardWordRefused,
    RoutingRefused,
    AssistantUnavailable,
    ChannelDraftRefused,
)
