"""A reply's state as its line shows it: a mark, words and a colour (pure)."""

from bot.model.language import tr, tr_stored
from bot.text.colours import QUIET_COLOUR, TEAM_COLOUR, TROUBLE_COLOUR, WAITING_COLOUR
from bot.text.safe_text import one_line
from storage.records import Effect, EffectState, MessagePair, Millis

_REASON = 300  # characters of why


def colour_of_reply(state: EffectState) -> int:
    if state in (EffectState.ABSENT, EffectState.REJECTED, EffectState.UNKNOWN):
        return TROUBLE_COLOUR
    if state in (EffectState.PENDING, EffectState.SENDING):
        return WAITING_COLOUR
    return QUIET_COLOUR if state is EffectState.CANCELLED else TEAM_COLOUR


def paid(at: Millis) -> str:
    """That the fan has bought it, and when."""
    return tr("💰 Paid <t:{at}:t>", at=at // 1000)


def state_of_reply(send: Effect, paired: MessagePair | None) -> str:
    """Where it is now. The marks tell the states apart where colours do not: ⏳ ✓ 👁 💰 ⚠️."""
    if paired is not None and paired.bought_at is not None:
        return paid(paired.bought_at)
    if paired is not None and paired.seen_at is not None:
        return tr("👁 Seen <t:{at}:t>", at=paired.seen_at // 1000)
    reason = one_line(tr_stored(send.reason or ""), _REASON)
    match send.state:
        case EffectState.DONE:
            return tr("✓ Sent <t:{at}:t>", at=(send.settled_at or send.created_at) // 1000)
        case EffectState.SENDING:
            return tr("⏳ Sending …")
        case EffectState.UNKNOWN:
            return tr("⚠️ Not sure yet: we are checking the chat on Fanvue. Please do not send it again.")
        case EffectState.ABSENT:
            return tr("⚠️ We didn't find it in the chat within a minute. Send it again, or discard it.")
        case EffectState.REJECTED:
            return tr("⚠️ Not sent: {reason}", reason=reason or tr("Fanvue refused it."))
        case EffectState.CANCELLED:
            return tr("Discarded. Not sent. {reason}", reason=reason).rstrip()
        case EffectState.PENDING:
            return tr("⏳ Queued. {reason}", reason=reason) if reason else tr("⏳ Queued")
