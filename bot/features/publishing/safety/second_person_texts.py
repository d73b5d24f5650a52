"""The texts about a mass message that waits for a second person (pure)."""

from collections.abc import Mapping
from dataclasses import replace

from bot.features.publishing.proposals.model import ProposalPreview
from bot.features.publishing.proposals.texts import FOLLOWED
from bot.features.publishing.safety.limit_texts import for_second
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from storage.publishing.mass_requests import MassRequest

LOOK, YES, NO = "second.look", "second.yes", "second.no"
WITHDRAWN = "withdrawn"  # how one ends that its proposer takes back
AUDIT: Mapping[str, str] = {
    "approved": "mass.approve",
    "refused": "mass.refuse",
    "withdrawn": "mass.take_back",
}
NOT_HERE = msgid("This button isn't for a mass message waiting for a second person.")
OVER = msgid("Nobody answered within 24 hours, so it was closed. Not sent: run /mass new again.")
NOT_TAKEN = msgid("Discord timed out, so this was not done. Please try again.")
OWN = msgid("Someone else must confirm this – you proposed it.")
NOT_KEPT = msgid("Its text is no longer kept, so it can't be sent. Not sent: run /mass new again.")
NO_RIGHT = msgid("The person who proposed it may no longer send mass messages. Not sent.")
UNLINKED = msgid(
    "The Fanvue account was disconnected or reconnected since it was proposed. Not sent: run /mass new again."
)
CHANGED = msgid(
    "The audience, or what it takes to write to it, has changed since it was proposed. "
    "Not sent: run /mass new again."
)
ALONE = msgid(
    "Not sent: a second person must confirm this, and nobody else may send mass "
    "messages. The owner can use `/mass limits second_above:off` or `/team grant`."
)
_GREY, _AMBER = 0x6B7280, 0xC9A227
_ENDED: Mapping[str, str] = {
    "approved": msgid("{by} confirmed it too."),
    "refused": msgid("{by} refused it. Not sent."),
    "withdrawn": msgid("{by} took it back. Not sent."),
    "expired": msgid("nobody answered within 24 hours. Not sent."),
    "changed": msgid("it has changed since it was proposed. Not sent."),
    "no_right": msgid("the person who proposed it may no longer send mass messages. Not sent."),
    "unlinked": msgid("the account was disconnected or reconnected. Not sent."),
}
_AGAIN = msgid("Make a new one with /mass new.")
_ELSE = msgid("it is no longer waiting. Not sent.")


def waits(shown: Post, request: MassRequest) -> Post:
    """In the place of its proposer's preview."""
    small = tr(
        "Not sent yet. Others who may send mass messages see it in the alerts channel, and "
        "confirm or refuse it until <t:{until}:f>.",
        until=request.until // 1000,
    )
    return replace(
        shown,
        title=tr("Mass message: waiting for a second person"),
        small=small,
        buttons=(Button(NO, request.draft, tr("Take back"), "danger"),),
        accent=_AMBER,
    )


def line(request: MassRequest) -> Post:
    """The alerts channel's line; the content is a press away, for those who may."""
    said = tr(
        "Mass message: <@{proposer}> asks a second person to confirm it, until <t:{until}:f>. Not sent yet.",
        proposer=request.proposer,
        until=request.until // 1000,
    )
    return Post(body=(said,), buttons=(Button(LOOK, request.draft, tr("Review it")),))


def asked_line_ended(request: MassRequest) -> Post:
    """The line that asked, once nobody can answer any more: there is nothing left to press."""
    if request.state == WITHDRAWN:
        return Post(
            body=(
                tr(
                    "Mass message: cancelled by <@{proposer}>, who asked. Not sent.",
                    proposer=request.proposer,
                ),
            )
        )
    return Post(body=(tr("Mass message of <@{proposer}>: {how}", proposer=request.proposer, how=tr(_ELSE)),))


def ended_line(request: MassRequest) -> Post:
    """The end of one that does not go out."""
    return Post(
        body=(tr("Mass message of <@{proposer}>: {how}", proposer=request.proposer, how=how(request)),)
    )


def how(request: MassRequest) -> str:
    return tr(_ENDED.get(request.state, _ELSE), by=f"<@{request.decided_by}>")


def decided(request: MassRequest) -> str:
    """The answer to a late press."""
    if request.decided_at is None:
        return tr("This is settled: {how}", how=how(request))
    return tr("This is settled <t:{at}:R>: {how}", at=request.decided_at // 1000, how=how(request))


def card(request: MassRequest, shown: ProposalPreview, *, own: bool, note: str | None = None) -> Post:
    """All of it, for one of those who may send mass messages; only another one may confirm it."""
    about = tr(
        "<@{proposer}> proposed it <t:{made_at}:R>. It waits until <t:{until}:f>.",
        proposer=request.proposer,
        made_at=request.made_at // 1000,
        until=request.until // 1000,
    )
    about = f"{about} {tr('Someone else must confirm it.') if own else tr('It is sent once.')}"
    no = Button(NO, request.draft, tr("Take back") if own else tr("Refuse"), "danger")
    yes = () if own else (Button(YES, request.draft, shown.confirm, "primary"),)
    return Post(
        title=shown.title,
        body=((f"⚠️ **{note}**",) if note else ()) + shown.body,
        small="\n".join(filter(None, (for_second(shown.warning), about))),
        accent=_GREY,
        buttons=(*yes, no),
    )


def seconded(shown: Post) -> Post:
    """The second confirmer's answer: only the first one's is kept up to date."""
    small = (shown.small or "").replace(tr(FOLLOWED), tr("See the result in the alerts channel."))
    return replace(shown, small=small)


def closed(shown: Post, request: MassRequest) -> Post:
    """The same without buttons, and how it ended."""
    said = how(request)
    words = f"{said[0].upper()}{said[1:]}"
    sent = request.state == "approved"
    title = tr("Mass message: confirmed") if sent else tr("Mass message: not sent")
    small = words if sent else f"{words} {tr(_AGAIN)}"
    return replace(shown, title=title, small=small, buttons=(), accent=_GREY)
