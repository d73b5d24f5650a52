"""Texts about the end of a mass message that Fanvue has not named yet (pure)."""

from bot.features.publishing.campaigns.actors import CampaignActor
from bot.text.safe_text import one_line

NOT_NAMED = "Fanvue has not confirmed it yet: this is done as soon as it has."
NEVER_OUT = "It was never sent, so there is nothing to take back. /campaigns show has the newest."
WAITING = "Taking it back: waiting for Fanvue's answer"
WAITING_FOR = "It is taken back as soon as Fanvue has confirmed it. You need not do anything."
WITHDRAWN_TOLD = "carried out: it was cancelled before it left, and nobody gets it"
NO_END = {
    "never": "It was never sent, so there is nothing to take back.",
    "unnamed": "Its id on Fanvue is not known here: choose it in /campaigns recall or cancel.",
    "late": "For an hour nobody could tell whether it was sent. Please look on Fanvue.",
}


def leaving_choice(text: str | None, ref: str) -> tuple[str, str]:
    """One that Fanvue has not named yet, while one is chosen: its words, and its value."""
    return f"{one_line(text or '', 40) or 'Media without words'} · on its way", ref


def end_under_way(doer: CampaignActor) -> str:
    """The same of one that Fanvue has not named yet."""
    return (
        f"Already confirmed by <@{doer.who}> at <t:{doer.at // 1000}:t>. It is carried out once, not again."
    )
