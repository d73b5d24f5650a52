"""What people read about languages (pure)."""

from bot.model.language import ENGLISH, LANGUAGES, msgid, tr

AUTOMATIC = "auto"  # in the place of a language: what the member's Discord speaks
NOT_IN_A_TEAM = msgid("You are in no team here yet. We answer in the language of your Discord.")


def mine(chosen: str | None) -> str:
    """What a member is answered in."""
    if chosen is None:
        return tr("The language of your Discord.")
    return tr("{language}.", language=LANGUAGES[chosen])


def mine_chosen(chosen: str | None) -> str:
    """After a member chose; said in the new language."""
    if chosen is None:
        return tr("We answer you in the language of your Discord from now on.")
    return tr("We answer you in {language} from now on.", language=LANGUAGES[chosen])


def channels(chosen: str | None) -> str:
    """What a creator's channels are written in."""
    return tr("{language}.", language=LANGUAGES.get(chosen or "", LANGUAGES[ENGLISH]))


def channels_chosen(chosen: str) -> str:
    """After a lead chose."""
    return tr(
        "New lines in the forum and the alerts channel are written in {language}, within a minute. "
        "Lines that are there stay as they are.",
        language=LANGUAGES[chosen],
    )
