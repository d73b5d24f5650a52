"""The words for writers, leads and the thread about a waiting reply (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.features.inbox.checks.model import CheckQuestion
from bot.features.inbox.checks.texts import beginning
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Button, MessageToFan, Post
from bot.text import render
from bot.text.colours import QUIET_COLOUR, TEAM_COLOUR, TROUBLE_COLOUR
from bot.text.render import money
from bot.text.safe_text import safe
from storage.engine.drafts import Draft
from storage.records import DiscordId, DraftId, FanThread, Millis

OPEN, APPROVE, EDIT, RETURN, PAGE = (
    "review.open",
    "review.approve",
    "review.edit",
    "review.return",
    "review.page",
)
NEEDS_LEAD = msgid("This member's replies are sent after a lead approves them.")
_YOURS = msgid("Your replies are sent after a lead approves them.")  # the same to the member
NO_LEAD = msgid("Nobody here can approve your replies. Not sent: ask the owner to make someone a manager.")
NOTHING_HOLDS = msgid("This no longer needs approval.")
NOT_YOURS_TO_READ = msgid("Only the author and this creator's leads can open this.")
NOT_YOURS = msgid("This isn't a reply waiting for you. Run /inbox review again.")
OWN = msgid("You wrote this yourself, so another lead decides. It's still waiting.")
NO_PRICE = msgid("You may not set prices for this creator, and this price is not the author's.")
TEXT_GONE = msgid("The text is no longer kept, so it can't be sent. Return it with a note.")
MORE = msgid("**There is more to check before this is sent. Not sent yet.**")
NO_FIELDS = msgid("A field like {fan_name} isn't filled in here: write what the fan should read.")
THREAD_GONE = msgid("Its old thread is gone. Return it: the author gets the text in the fan's new thread.")
TAKEN_BACK = msgid("You took it back, so no lead decides about it. Not sent.")
NOT_TAKEN = msgid("Discord timed out, so this was not done. Please try again.")
_SENDS = msgid("Approve sends it once, as shown here, in the author's name.")
_SENDS_LATER = msgid(
    "Approve sends it {moment}, in the author's name. If anything is new by then, it is not "
    "sent and the author decides."
)
_TEXT, ROOM = 1_100, 2_100  # characters: of the reply, and of what is asked
_DIGITS = 21
PRESSED = "review.press"  # a lead's word, and a writer's to have it back
# Translators: a sentence whose full stop follows, sometimes after how long ago it was.
_NO_LONGER = msgid("This is no longer waiting")
_DID = {
    "approved": msgid("{by} approved this"),
    "returned": msgid("{by} returned this"),
    "withdrawn": msgid("The author took this back"),
    "edited": msgid("The author changed this"),
    "replaced": msgid("The author changed this"),
    "discarded": msgid("The author discarded this"),
    "removed": msgid("Closed: the author was removed from the team"),
    "unlinked": msgid("Closed: the creator disconnected their Fanvue account"),
    "expired": msgid("Expired: this waited too long"),
}
_THREAD = {
    "approved": msgid("{by} approved {writer}'s reply."),
    "returned": msgid("{by} returned {writer}'s reply. Not sent."),
    "withdrawn": msgid("{writer} took back a reply that was waiting for a lead."),
    "edited": msgid("{writer} changed a reply that was waiting for a lead."),
    "removed": msgid("{writer} left the team while a reply was waiting. Not sent."),
    "unlinked": msgid("{writer}'s reply was waiting when the account was disconnected. Not sent."),
    "expired": msgid("No lead decided on {writer}'s reply in time. Not sent."),
}
REOPENED = ("returned", "expired", "unlinked")  # its writer has the text back


@dataclass(frozen=True)
class ApprovalCard:
    """All that a lead sees of one reply."""

    look: DraftId
    kept: Draft
    fan: str  # Markdown, made safe
    thread: FanThread | None
    reasons: Sequence[str]
    message: MessageToFan | None  # None: its text is gone
    edited: bool
    asks: Sequence[CheckQuestion]
    refusals: Sequence[str]
    notice: str | None = None
    number: int | None = None  # of a list, the first one is 0
    total: int = 1
    later: Millis | None = None  # when it is to be sent; None: at once
    draft: str = ""  # who drafted it, and how much was changed so far


def waits(reasons: Iterable[str], later: Millis | None = None) -> str:
    """Tell its writer why. `later`: when it is to be sent."""
    said = [tr("Not sent yet.")]
    said += [tr(_YOURS) if reason == tr(NEEDS_LEAD) else reason for reason in reasons]
    said.append(tr("A lead can approve it, change it or return it to you."))
    if later is not None:
        said.append(tr("It is sent {moment} if a lead approves it before then.", moment=_moment(later)))
    return " ".join(said)


def line(words: str, *, ref: str, draft: DraftId, at: Millis) -> Post:
    """A line in the fan's thread, from which its writer and leads open the reply."""
    post = render.note(words, ref=ref, at=at)
    return replace(post, buttons=(*post.buttons, Button(OPEN, draft, tr("Open"))))


def line_waiting(writer: DiscordId, later: Millis | None = None) -> str:
    """No text of it: who reads the thread may be nobody who decides."""
    said = tr("⏳ <@{writer}>'s reply is waiting for a lead.", writer=writer)
    return said if later is None else f"{said} {tr('It is scheduled for {moment}.', moment=_moment(later))}"


def line_ended(draft: Draft, *, edited: bool) -> str:
    """Tell its end, in place of that."""
    words = _THREAD.get(draft.state, msgid("{writer}'s reply is no longer waiting. Not sent."))
    if draft.state == "approved" and edited:
        words = msgid("{by} edited and approved {writer}'s reply.")
    return tr(words, by=f"<@{draft.settled_by}>", writer=f"<@{draft.owner}>")


def told(draft: Draft, *, edited: bool) -> Post | None:
    """Tell its writer privately, where Discord still lets the bridge; None: they did it."""
    by = f"<@{draft.settled_by}>"
    if draft.state == "approved":
        if edited:
            said = tr("{by} edited and approved your reply. The thread shows when it is sent.", by=by)
        else:
            said = tr("{by} approved your reply. The thread shows when it is sent.", by=by)
        return Post(body=(said,))
    if draft.state not in REOPENED:
        return None
    why = tr("{by} returned your reply.", by=by) if draft.state == "returned" else decided(draft)
    said = f"{why} {tr('Not sent, and your text is kept.')}"
    return Post(body=(said,), accent=TROUBLE_COLOUR, buttons=(Button(OPEN, draft.id, tr("Open")),))


def decided(draft: Draft) -> str:
    """Tell a latecomer its end."""
    did = tr(_DID.get(draft.state, _NO_LONGER), by=f"<@{draft.settled_by}>")
    when = f" <t:{draft.settled_at // 1000}:R>" if draft.settled_at is not None else ""
    return f"{did}{when}."


def returned(draft: Draft, reason: str | None) -> str:
    """Explain its return."""
    if draft.state == "returned" and reason:
        return tr("<@{by}> returned it:\n{quoted}", by=draft.settled_by, quoted=_quoted(reason))
    return f"{decided(draft)} {tr('Not sent.')}"


def done(sentence: str) -> Post:
    """A lead decided; the next one is a press away."""
    return Post(body=(sentence,), buttons=(Button(PAGE, page_ref(0), tr("Next")),))


def nothing(own: int) -> Post:
    """Nothing waits for this lead."""
    return Post(
        title=tr("Waiting for a lead"),
        body=(tr("Nothing is waiting for you."),),
        small=_own(own),
        accent=QUIET_COLOUR,
    )


def interrupted(look: DraftId) -> Post:
    """After a start, in place of any earlier words; without the text, which is kept elsewhere."""
    said = tr("The bridge restarted before your click registered. Not sent, and your text is kept.")
    return Post(body=(said,), accent=TROUBLE_COLOUR, buttons=(Button(EDIT, look, tr("Edit")),))


def card(one: ApprovalCard, *, own: int = 0) -> Post:
    """Show one reply, the grounds to decide on, and the buttons."""
    refused = [tr("**It can't be sent as is.** {sentence}", sentence=sentence) for sentence in one.refusals]
    why = tr("Needs approval because: {reasons}", reasons=" ".join(one.reasons))
    body = [one.notice or "", _whose(one), one.draft, why, text_of(one), *refused]
    for ask in one.asks:
        body += [line for line in ask.lines if line not in one.reasons]  # what holds it is said above
    sends = tr(_SENDS) if one.later is None else tr(_SENDS_LATER, moment=_moment(one.later))
    small = filter(None, [sends, _own(own)])
    return Post(
        title=_title(one),
        body=tuple(part for part in body if part),
        small="\n".join(small),
        accent=TROUBLE_COLOUR if refused or one.asks else TEAM_COLOUR,
        buttons=_buttons(one),
    )


def _title(one: ApprovalCard) -> str:
    if one.number is None:
        return tr("Waiting for a lead")
    return tr("Waiting for a lead · {number} of {total}", number=one.number + 1, total=one.total)


def text_of(one: ApprovalCard) -> str:
    """The reply itself, or its beginning where a file has all of it."""
    if one.message is None:
        return ""
    offer = tr("for {price}", price=money(one.message.price)) if one.message.price else ""
    items = tr("{number} from the vault", number=len(one.message.media)) if one.message.media else ""
    head = tr("**The reply, with your edits**") if one.edited else tr("**The reply**")
    said = " · ".join(filter(None, [head, items, offer]))
    return f"{said}\n{_quoted(one.message.text or '')}".rstrip()


def is_whole(message: MessageToFan | None) -> bool:
    """Whether a card holds all of its text."""
    return message is None or len(_lines(message.text or "")) <= _TEXT


def page_ref(number: int) -> str:
    """A page in the form that every button's reference has."""
    return f"r{number:0{_DIGITS}d}"


def page_in(ref: str) -> int:
    """The page that such a reference names; the first one for any other."""
    return int(ref[1:]) if ref[:1] == "r" and ref[1:].isascii() and ref[1:].isdigit() else 0


def _whose(one: ApprovalCard) -> str:
    where = f"\nhttps://discord.com/channels/{one.kept.guild}/{one.thread.thread}" if one.thread else ""
    when = f"<t:{one.kept.created_at // 1000}:R>"
    return f"<@{one.kept.owner}> → **{one.fan}** · {when}{where}"


def _buttons(one: ApprovalCard) -> tuple[Button, ...]:
    made = []
    if one.message is not None and not one.refusals:
        made.append(Button(APPROVE, one.look, tr("Approve"), "success"))
    if one.message is not None:
        made.append(Button(EDIT, one.look, tr("Edit")))
    made.append(Button(RETURN, one.look, tr("Return"), "danger"))
    if one.number is not None and one.number > 0:
        made.append(Button(PAGE, page_ref(one.number - 1), tr("Back")))
    if one.number is not None and one.number < one.total - 1:
        made.append(Button(PAGE, page_ref(one.number + 1), tr("More")))
    return tuple(made)


def _moment(at: Millis) -> str:
    return f"<t:{at // 1000}:f>, <t:{at // 1000}:R>"


def _own(number: int) -> str | None:
    if not number:
        return None
    return tr_many(
        "{n} reply of yours: another lead decides.", "{n} replies of yours: another lead decides.", number
    )


def _quoted(text: str) -> str:
    return beginning(_lines(text), _TEXT)


def _lines(text: str) -> str:
    return "\n".join(f"> {one}" for one in safe(text).splitlines())
