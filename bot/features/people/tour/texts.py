"""The three cards of the tour (pure)."""

from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.text.button_keys import key_of, key_ref
from bot.text.colours import TEAM_COLOUR

OPEN, CARD = "tour.open", "tour.card"
SHOW = msgid("Show me around")
_CARDS = (
    (
        msgid("Fans and their threads"),
        msgid(
            "Each fan has a thread in the creator's forum. Press **Reply** under a message, or "
            "use /reply.\n⏳ waits, ✓ is sent, 👁 was seen, 💰 was paid, ⚠ needs you."
        ),
        msgid("/inbox waiting shows who waits, the most urgent first."),
    ),
    (
        msgid("Media, prices and second thoughts"),
        msgid(
            "**Reply**, then **Add media**: choose from the vault, set a price, look at the "
            "preview, send.\n**Unsend** on your line takes a message back for as long as Fanvue "
            "allows it."
        ),
        msgid("If a check stops your reply, it says why, and your text is kept."),
    ),
    (
        msgid("Your own corner"),
        msgid(
            "/home shows what waits for you now.\n/inbox pings sets when your phone rings, and "
            "your quiet hours.\n/help finds everything: type what you want to do."
        ),
        msgid("You can open this tour again from /help."),
    ),
)


def card(number: int) -> Post:
    """One card by its number from 0 on; the first or the last one for any other."""
    number = max(min(number, len(_CARDS) - 1), 0)
    title, body, small = map(tr, _CARDS[number])
    buttons = []
    if number > 0:
        buttons.append(Button(CARD, key_ref(f"card{number - 1}"), tr("Back")))
    if number < len(_CARDS) - 1:
        buttons.append(Button(CARD, key_ref(f"card{number + 1}"), tr("Next"), "primary"))
    return Post(
        title=tr("{number} of {cards}: {title}", number=number + 1, cards=len(_CARDS), title=title),
        body=(body,),
        small=small,
        accent=TEAM_COLOUR,
        buttons=tuple(buttons),
    )


def number_of(reference: str) -> int:
    """The card that such a button leads to; the first one for what was never made here."""
    digit = key_of(reference).removeprefix("card")
    return int(digit) if digit.isascii() and digit.isdigit() else 0


def welcome() -> Post:
    """The first card, as a new member gets it privately."""
    first = card(0)
    return Post(
        title=first.title,
        body=(tr("You can now answer or read fans on a team's server. Here is how it works."), *first.body),
        small=first.small,
        accent=first.accent,
        buttons=first.buttons,
    )
