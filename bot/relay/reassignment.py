"""The input to reassign a sale, and the place of its reason."""

from dataclasses import dataclass

from bot.model.ports import Sealer
from storage.money.credit_moves import SaleReassignment
from storage.records import CreatorId, DiscordId

LONGEST = 120  # characters of a reason: with five of them a page still fits into a message


@dataclass(frozen=True)
class ReassignmentWish:
    """`member` None: nobody's; `back`: as the rules say again."""

    sale: str
    member: DiscordId | None
    back: bool
    why: str


def move_place(move: str, creator: CreatorId) -> str:
    """The place a reason is sealed for."""
    return f"credit_moves|body|{move}|{creator}"


def sealed(sealer: Sealer, move: str, creator: CreatorId, why: str) -> bytes:
    return sealer.seal(move_place(move, creator), why.encode())


def opened(sealer: Sealer, move: SaleReassignment, creator: CreatorId) -> str | None:
    """The written reason; None once the fan of the sale was forgotten."""
    return None if move.body is None else sealer.open(move_place(move.id, creator), move.body).decode()
