"""The errors that say, to whoever gave a command, why it was not done."""

from bot.accounts.errors import NotNow
from bot.agency.standing_in import CannotStandIn
from bot.figures.patience import CannotTell
from bot.guild.asking import NotConnected
from bot.media.vault import CannotBrowse
from bot.model.errors import SealDamaged, TextErased
from bot.pricing.limits import PriceRefused
from bot.proposals.features import ProposalRefused
from bot.relay.message_template import TemplateRefused
from bot.text.reply_rules import ReplyRefused
from bot.uploads.kinds import CannotTake

# Those whose str() is a sentence for whoever gave the command.
REFUSALS = (
    CannotStandIn,
    ReplyRefused,
    SealDamaged,
    TextErased,
    NotNow,
    CannotTell,
    CannotBrowse,
    ProposalRefused,
    NotConnected,
    TemplateRefused,
    PriceRefused,
    CannotTake,
)
