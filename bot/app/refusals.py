"""The errors that say, to whoever gave a command, why it was not done."""

from bot.accounts.errors import NotNow
from bot.agency.standing_in import CannotStandIn
from bot.features.inbox.pricing.rules import PriceRefused
from bot.features.publishing.media.fanvue import VaultUnavailable
from bot.features.publishing.proposals.model import ProposalRefused
from bot.features.publishing.uploads.kind_rules import UploadRefused
from bot.figures.patience import CannotTell
from bot.guild.asking import NotConnected
from bot.model.errors import SealDamaged, TextErased
from bot.relay.message_template import TemplateRefused
from bot.text.reply_rules import ReplyRefused

# Those whose str() is a sentence for whoever gave the command.
REFUSALS = (
    CannotStandIn,
    ReplyRefused,
    SealDamaged,
    TextErased,
    NotNow,
    CannotTell,
    VaultUnavailable,
    ProposalRefused,
    NotConnected,
    TemplateRefused,
    PriceRefused,
    UploadRefused,
)
