"""The three cards of the tour (pure)."""

from collections.abc import Mapping, Sequence

from bot.model.ports import Button, Post
from bot.text.button_keys import key_of, key_ref
from bot.text.colours import TEAM_COLOUR

OPEN, CARD = "tour.open", "tour.card"
SHOW = "Show me around"
_ENGLISH = (
    (
        "Fans and their threads",
        (
            "Each fan has a thread in the creator's forum. Press **Reply** under a message, or use /reply.\n"
            "⏳ waits, ✓ is sent, 👁 was seen, 💰 was paid, ⚠ needs you."
        ),
        "/inbox waiting shows who waits, the most urgent first.",
    ),
    (
        "Media, prices and second thoughts",
        (
            "**Reply**, then **Add media**: choose from the vault, set a price, look at the preview, send.\n"
            "**Unsend** on your line takes a message back for as long as Fanvue allows it."
        ),
        "If a check stops your reply, it says why, and your text is kept.",
    ),
    (
        "Your own corner",
        (
            "/home shows what waits for you now.\n"
            "/inbox pings sets when your phone rings, and your quiet hours.\n"
            "/help finds everything: type what you want to do."
        ),
        "You can open this tour again from /help.",
    ),
)
_GERMAN = (
    (
        "Fans und ihre Threads",
        (
            "Jeder Fan hat einen Thread im Forum des Creators. Drücke **Reply** unter einer Nachricht, oder "
            "nutze dort /reply.\n"
            "⏳ wartet, ✓ ist gesendet, 👁 wurde gesehen, 💰 wurde bezahlt, ⚠ braucht dich."
        ),
        "/inbox waiting zeigt, wer wartet, die dringendsten zuerst.",
    ),
    (
        "Medien, Preise und zweite Gedanken",
        (
            "**Reply**, dann **Add media**: aus der Mediathek wählen, Preis setzen, Vorschau prüfen, "
            "senden.\n"
            "**Unsend** an deiner Zeile nimmt eine Nachricht zurück, solange Fanvue es erlaubt."
        ),
        "Hält eine Prüfung deine Antwort an, sagt sie warum, und dein Text bleibt.",
    ),
    (
        "Deine eigene Ecke",
        (
            "/home zeigt, was jetzt auf dich wartet.\n"
            "/inbox pings stellt ein, wann dein Handy klingelt, und deine Ruhezeiten.\n"
            "/help findet alles: schreib, was du tun möchtest."
        ),
        "Diese Tour kannst du über /help wieder öffnen.",
    ),
)
_CARDS: Mapping[str, Sequence[tuple[str, str, str]]] = {"en": _ENGLISH, "de": _GERMAN}
_TURNS: Mapping[str, tuple[str, str, str]] = {
    "en": ("Back", "Next", "{} of {}: {}"),
    "de": ("Zurück", "Weiter", "{} von {}: {}"),
}
_WELCOME = "You can now answer or read fans on a team's server. Here is how it works."


def card(number: int, language: str) -> Post:
    """One card by its number from 0 on; the first or the last one for any other."""
    spoken = "de" if language.startswith("de") else "en"
    cards, (back, more, heading) = _CARDS[spoken], _TURNS[spoken]
    number = max(min(number, len(cards) - 1), 0)
    title, body, small = cards[number]
    buttons = []
    if number > 0:
        buttons.append(Button(CARD, key_ref(f"card{number - 1}"), back))
    if number < len(cards) - 1:
        buttons.append(Button(CARD, key_ref(f"card{number + 1}"), more, "primary"))
    return Post(
        title=heading.format(number + 1, len(cards), title),
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
    first = card(0, "en")
    return Post(
        title=first.title,
        body=(_WELCOME, *first.body),
        small=first.small,
        accent=first.accent,
        buttons=first.buttons,
    )
