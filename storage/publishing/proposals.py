"""A draft's proposal for a whole creator, sealed, and its link."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CommandId, DraftId, LinkId
from storage.rows import record_of


@dataclass(frozen=True)
class Proposal:
    """The content of a preview; a draft of the same id says whether it is open and how it was settled."""

    draft: DraftId
    feature: str
    link: LinkId
    generation: int  # of the link, when it was shown
    command: CommandId  # that asked for it
    body: bytes  # sealed JSON


async def add(tx: Transaction, proposal: Proposal) -> None:
    """Keep what a draft proposes."""
    await tx.execute(
        """INSERT INTO proposals (draft_id, feature, link_id, generation, command_id, body_ct)
           VALUES (:draft, :feature, :link, :generation, :command, :body)""",
        **vars(proposal),
    )


async def rewrite(tx: Transaction, draft: DraftId, body: bytes) -> None:
    """Keep this in place of its body; what would be carried out stays the same."""
    await tx.execute("UPDATE proposals SET body_ct = :body WHERE draft_id = :draft", draft=draft, body=body)


async def get(tx: Transaction, draft: DraftId) -> Proposal | None:
    """The proposal of a draft; None for any other draft."""
    row = await tx.one("SELECT * FROM proposals WHERE draft_id = :draft", draft=draft)
    if row is None:
        return None
    return record_of(Proposal, row)
