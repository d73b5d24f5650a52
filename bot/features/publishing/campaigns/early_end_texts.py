"""Texts about the end of a mass message that Fanvue has not named yet (pure)."""

from bot.features.publishing.campaigns.actors import CampaignActor
from bot.model.language import msgid, tr
from bot.text.safe_text import one_line

NOT_NAMED = msgid("Fanvue hasn't confirmed it yet: we do this as soon as it has.")
NEVER_OUT = msgid("It was never sent, so there is nothing to take back. /mass show has the latest.")
WAITING = msgid("Taking it back: waiting for Fanvue's answer")
WAITING_FOR = msgid("We take it back as soon as Fanvue confirms it. You don't need to do anything.")
WITHDRAWN_TOLD = msgid("carried out: it was cancelled before it was sent, and nobody gets it")
NO_END = {
    "never": msgid("It was never sent, so there is nothing to take back."),
    "unnamed": msgid("We don't know its id on Fanvue: choose it in /mass recall or /mass cancel."),
    "late": msgid("For an hour we couldn't tell whether it was sent. Please check on Fanvue."),
}


def leaving_choice(text: str | None, ref: str) -> tuple[str, str]:
    """One that Fanvue has not named yet, while one is chosen: its words, and its value."""
    return tr("{text} · on its way", text=one_line(text or "", 40) or tr("Media without words")), ref


def end_under_way(doer: CampaignActor) -> str:
    """The same of one that Fanvue has not named yet."""
    return tr(
        "Already confirmed by <@{who}> at <t:{at}:t>. It runs once, not again.",
        who=doer.who,
        at=doer.at // 1000,
    )
