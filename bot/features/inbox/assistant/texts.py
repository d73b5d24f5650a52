"""What people read of the assistant."""

from collections.abc import Collection

from bot.features.inbox.assistant.model import AssistantUse
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.text.colours import TEAM_COLOUR, TROUBLE_COLOUR
from bot.text.graphemes import letter_end
from bot.text.safe_text import one_line, parts_within, safe

READ, DRAFT, ANSWER, READ_KEPT, ALLOW = (
    "assistant.read",
    "assistant.draft",
    "assistant.answer",
    "assistant.kept",
    "assistant.allow",
)  # its buttons
TRANSLATE_LABEL, DRAFT_LABEL = msgid("Translate"), msgid("Draft")
BUSY = msgid("The assistant is busy. Please try again in a moment.")
NO_ANSWER = msgid("The assistant doesn't answer right now. Please try again later.")
KEY_REFUSED = msgid(
    "The assistant refuses the bridge's key. Ask the person who runs the bridge to set ASSISTANT_KEY."
)
REFUSED = msgid("The assistant answers {status}. Ask the person who runs the bridge to check its settings.")
OFF = msgid("The assistant is off for this creator. Its owner can allow it with /inbox assistant.")
NOT_SET_UP = msgid(
    "No assistant is set up. The person who runs the bridge can set ASSISTANT_URL and ASSISTANT_MODEL."
)
NO_TEXT = msgid("There is no text here to translate.")
NO_CHAT = msgid("We couldn't read the chat on Fanvue right now. Please press again in a moment.")
NO_WORDS = msgid("The fan has written no text that we can read, so there is nothing to answer yet.")
TOO_LONG = msgid("The assistant's answer is too long to show you whole. Please try it with fewer words.")
NOTHING_HERE = msgid("This line is no longer in this thread.")
CHANGED = msgid("The assistant has changed. Run /inbox assistant again.")
_DRAFTED = msgid("Draft by {engine}. Not sent yet")
_IN_THEIRS = msgid("Your answer, translated. Not sent yet")
_BY = msgid("By {engine}, a machine. It can be wrong. Only you see this.")
_LONG = msgid("The text is longer than this; here is its beginning.")
_YOURS = msgid("**You wrote**")
_REPLY = msgid("**Your reply**")
_ENGINE, _OWN, _WHOLE = 40, 200, 2800  # characters; a message holds 4,000


def engine_name(model: str) -> str:
    """A model as people read it: without the host or folder that its name may begin with."""
    return one_line(model.rpartition("/")[2], _ENGINE) or "assistant"


def translation(text: str, engine: str, line: str | None) -> Post:
    """What a text says. `line`: of the fan's, which can be answered in their language."""
    (piece, *_), rest = parts_within(text, 1)
    small = [tr(_BY, engine=safe(engine)), *([tr(_LONG)] if rest else [])]
    buttons = (Button(ANSWER, line, tr("Answer in their language"), "primary"),) if line is not None else ()
    return Post(
        title=tr("Translation"),
        body=(safe(piece),),
        small="\n".join(small),
        accent=TEAM_COLOUR,
        buttons=buttons,
    )


def fits(text: str) -> bool:
    """Whether a reply can be shown whole to whoever is to send it."""
    return len(_quoted(text, None)) <= _WHOLE


def proposed(kept: Post, draft: str, text: str, engine: str, *, original: str | None, reads: bool) -> Post:
    """A reply that a machine wrote, kept for whoever asked, whole: nobody sends what they have not read.

    `original`: what they wrote, if it is a translation of that. `reads`: it may be translated for them.
    """
    own = () if original is None else (f"{tr(_YOURS)}\n{_quoted(original, _OWN)}",)
    more = (Button(READ_KEPT, draft, tr("What does it say?"), begins=True),) if reads else ()
    return Post(
        title=tr(_DRAFTED, engine=safe(engine)) if original is None else tr(_IN_THEIRS),
        body=(f"{tr(_REPLY)}\n{_quoted(text, None)}", *own),
        small=tr(_BY, engine=safe(engine)),
        accent=TROUBLE_COLOUR,
        buttons=(*kept.buttons, *more),
    )


def state(uses: Collection[AssistantUse], server: str) -> str:
    """What is allowed now. `server`: where texts go."""
    if not uses:
        return tr("Off: nothing that fans write leaves the bridge.")
    if len(uses) > 1:
        return tr("Translates and drafts when someone presses. Texts go to {server}.", server=safe(server))
    if AssistantUse.TRANSLATE in uses:
        return tr("Translates when someone presses. Texts go to {server}.", server=safe(server))
    return tr("Drafts when someone presses. Texts go to {server}.", server=safe(server))


def question(handle: str, server: str, engine: str, button: Button, uses: Collection[AssistantUse]) -> Post:
    """What the owner agrees to: these uses, and no other ones."""
    where = f"**{safe(server)}** ({safe(engine)})"
    if len(uses) > 1:
        said = tr(
            "When someone presses **Translate** or **Draft** under a fan's line, its text goes to "
            "{server}. For a draft, the newest messages of the chat go too. No names, no media.",
            server=where,
        )
    elif AssistantUse.TRANSLATE in uses:
        said = tr(
            "When someone presses **Translate** under a fan's line, its text goes to {server}. "
            "So does an answer that they want in the fan's language. No names, no media.",
            server=where,
        )
    else:
        said = tr(
            "When someone presses **Draft** under a fan's line, its text and the newest messages "
            "of the chat go to {server}. No names, no media.",
            server=where,
        )
    return Post(
        title=tr("Let an assistant read what @{handle}'s fans write?", handle=safe(handle)),
        body=(
            said,
            tr("It sends nothing to fans: a person reads, changes and sends each reply."),
        ),
        small=tr("You can turn it off at any time with /inbox assistant."),
        accent=TROUBLE_COLOUR,
        buttons=(button,),
    )


def _quoted(text: str, most: int | None) -> str:
    """`most`: characters that are shown; None: all of it."""
    piece = text if most is None or len(text) <= most else text[: letter_end(text, most)]
    shown = safe(piece) + ("" if piece == text else " …")
    return "\n".join(f"> {line}" for line in shown.splitlines())
