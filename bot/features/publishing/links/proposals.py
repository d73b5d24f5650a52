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
from bot.text.safe_text import one_line, safe
from storage.records import Link

CREATE, DELETE = "trackcreate", "trackdelete"
_ADDRESS = "**Address:** Fanvue creates it once you confirm; see it in /money links list."
_LENGTH = f"A tracking link needs a name of up to {NAME_LIMIT} characters. Not created."


class TrackingLinkCreationProposal:
    """Implements `bot.features.publishing.proposals.model.ProposalKind`."""

    name = CREATE
    noun = "Tracking link"
    done = "created"
    command, again = "/money links create", makes_new("/money links create")

    def __init__(self, there: FanvueTrackingLinks) -> None:
        self._there = there

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """Its name and its platform, unless there is one like it."""
        must_be_allowed(link, READS, WRITES)
        name, platform = one_line(str(content["name"]), NAME_LIMIT + 1).strip(), str(content["platform"])
        if not 0 < len(name) <= NAME_LIMIT:
            raise ProposalRefused(_LENGTH)
        found = await self._there.listed(link.creator, lane=RequestLane.REPLY)
        if texts.alike(found.rows, name, platform):
            raise ProposalRefused(texts.taken(name, platform))
        return ProposalPreview(
            content={"name": name, "platform": platform},
            title=f"A new tracking link of @{safe(link.handle)}",
            body=(f"**Name:** {safe(name)}\n**For:** {safe(spoken(platform))}\n{_ADDRESS}",),
            confirm="Create it",
        )

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """That there is none like it has just been checked."""
        return shown.content == now.content


class TrackingLinkDeletionProposal:
    """Implements `bot.features.publishing.proposals.model.ProposalKind`."""

    name = DELETE
    noun = "Tracking link"
    done = "deleted"
    command, again = "/money links delete", "See all with /money links list."

    def __init__(self, there: FanvueTrackingLinks) -> None:
        self._there = there

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """The link, to the letter."""
        must_be_allowed(link, READS, WRITES)
        found = await self._there.listed(link.creator, lane=RequestLane.REPLY)
        if "name" in content and all(row.uuid != content["link"] for row in found.rows) and found.whole:
            raise ProposalRefused(texts.ALREADY_DELETED)  # it was there when this was shown
        row = chosen(found, str(content["link"]))
        return ProposalPreview(
            content={"link": row.uuid, "name": row.name or ""},
            title=f"Delete a tracking link of @{safe(link.handle)}",
            body=(texts.about(row),),
            confirm="Delete it",
            warning=(
                "The address stops working everywhere, and its figures are deleted too. This can't be undone."
            ),
        )

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """It still is the link that was shown."""
        return shown.content == now.content
