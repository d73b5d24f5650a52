"""The previews of a tracking link that is made, and of one that is deleted."""

from bot.fanvue.budget import RequestLane
from bot.features.publishing.links import texts
from bot.features.publishing.links.choice_rules import (
    NAME_LIMIT,
    READS,
    WRITES,
    chosen,
    must_be_allowed,
    spoken,
)
from bot.features.publishing.links.fanvue import FanvueTrackingLinks
from bot.features.publishing.proposals.model import Content, ProposalPreview, ProposalRefused, makes_new
from bot.model.language import msgid, tr
from bot.text.safe_text import one_line, safe
from storage.records import Link

CREATE, DELETE = "trackcreate", "trackdelete"
_ADDRESS = msgid("**Address:** Fanvue creates it once you confirm; see it in /money links list.")
_LENGTH = msgid("A tracking link needs a name of up to {most} characters. Not created.")


class TrackingLinkCreationProposal:
    """Implements `bot.features.publishing.proposals.model.ProposalKind`."""

    name = CREATE
    noun = msgid("Tracking link")
    done = msgid("created")
    command, again = "/money links create", makes_new("/money links create")

    def __init__(self, there: FanvueTrackingLinks) -> None:
        self._there = there

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """Its name and its platform, unless there is one like it."""
        must_be_allowed(link, READS, WRITES)
        name, platform = one_line(str(content["name"]), NAME_LIMIT + 1).strip(), str(content["platform"])
        if not 0 < len(name) <= NAME_LIMIT:
            raise ProposalRefused(tr(_LENGTH, most=NAME_LIMIT))
        found = await self._there.listed(link.creator, lane=RequestLane.REPLY)
        if texts.alike(found.rows, name, platform):
            raise ProposalRefused(texts.taken(name, platform))
        return ProposalPreview(
            content={"name": name, "platform": platform},
            title=tr("A new tracking link of @{handle}", handle=safe(link.handle)),
            body=(
                tr(
                    "**Name:** {name}\n**For:** {platform}\n{address}",
                    name=safe(name),
                    platform=safe(spoken(platform)),
                    address=tr(_ADDRESS),
                ),
            ),
            confirm=tr("Create it"),
        )

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """That there is none like it has just been checked."""
        return shown.content == now.content


class TrackingLinkDeletionProposal:
    """Implements `bot.features.publishing.proposals.model.ProposalKind`."""

    name = DELETE
    noun = msgid("Tracking link")
    done = msgid("deleted")
    command, again = "/money links delete", msgid("See all with /money links list.")

    def __init__(self, there: FanvueTrackingLinks) -> None:
        self._there = there

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """The link, to the letter."""
        must_be_allowed(link, READS, WRITES)
        found = await self._there.listed(link.creator, lane=RequestLane.REPLY)
        if "name" in content and all(row.uuid != content["link"] for row in found.rows) and found.whole:
            raise ProposalRefused(tr(texts.ALREADY_DELETED))  # it was there when this was shown
        row = chosen(found, str(content["link"]))
        return ProposalPreview(
            content={"link": row.uuid, "name": row.name or ""},
            title=tr("Delete a tracking link of @{handle}", handle=safe(link.handle)),
            body=(texts.about(row),),
            confirm=tr("Delete it"),
            warning=tr(
                "The address stops working everywhere, and its figures are deleted too. This can't be undone."
            ),
        )

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """It still is the link that was shown."""
        return shown.content == now.content
