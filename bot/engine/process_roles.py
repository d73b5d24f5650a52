"""A process's work: everything, alone, or some of the roles that several share.

WrongProcessRole   the words after `--role` name no roles; its text says which there are
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

EVERYTHING = "all"


class ProcessRole(StrEnum):
    """A role for a process of its own."""

    GATEWAY = "gateway"  # holds the session with Discord, and answers what people do there
    WEB = "web"  # takes webhooks, and shows the pages by which people sign in
    WORKER = "worker"  # carries out, decides what came in, and looks round


class WrongProcessRole(ValueError):
    """Raised with a sentence for the operator."""


@dataclass(frozen=True)
class ProcessRoles:
    """`alone`: no other process works on the same database."""

    which: frozenset[ProcessRole]
    alone: bool = False

    def __contains__(self, role: ProcessRole) -> bool:
        """Whether this process does it."""
        return role in self.which

    def __str__(self) -> str:
        """As an operator writes it."""
        return EVERYTHING if self.alone else ",".join(role for role in ProcessRole if role in self.which)


ALONE = ProcessRoles(frozenset(ProcessRole), alone=True)


def roles_of(words: Iterable[str]) -> ProcessRoles:
    """Parse `--role`: each word one role or several with commas; nothing means everything."""
    names = [name.strip().lower() for word in words for name in word.split(",")]
    if not names or set(names) == {EVERYTHING}:
        return ALONE
    if EVERYTHING in names:
        raise WrongProcessRole(
            f"--role {EVERYTHING} is one process that does everything alone: name no other role."
        )
    known = {str(role): role for role in ProcessRole}
    for name in names:
        if name not in known:
            offered = ", ".join(known)
            raise WrongProcessRole(
                f"there is no role “{name[:20]}”: --role is {EVERYTHING}, or some of {offered}"
            )
    return ProcessRoles(frozenset(known[name] for name in names))
