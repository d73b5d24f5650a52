"""For whom a /setup is, or could be, by what was typed (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.discord import channel_layout
from bot.relay.forum_places import SetupCandidate
from storage.records import CreatorId, DiscordId, Forum

NOBODY_YET = "later"  # chosen for a creator who has not connected yet


@dataclass(frozen=True)
class SetupMeaning:
    """A /setup's meaning: for a creator or someone who connects later; in this forum or a new one."""

    candidate: SetupCandidate | None
    forum: Forum | None

    @property
    def value(self) -> str:
        """Its text in a list, and in the option."""
        if self.candidate is not None:
            return self.candidate.creator.id
        return f"{NOBODY_YET}:{self.forum.id}" if self.forum is not None else NOBODY_YET

    @property
    def creator(self) -> CreatorId | None:
        """The channels' creator, now or later."""
        return self.candidate.creator.id if self.candidate is not None else None


@dataclass(frozen=True)
class SetupServer:
    """A server's creators; `names` of the channels that are there, by their ids."""

    candidates: Sequence[SetupCandidate]
    known: Sequence[Forum]
    names: Mapping[DiscordId, str]

    @property
    def waiting(self) -> list[Forum]:
        """Forums that are there and no creator's."""
        return [one for one in self.known if one.creator is None and one.id in self.names]

    def stem(self, forum: Forum) -> str:
        """Return the stem of a forum's name, as its creator's first one."""
        return channel_layout.stem(self.names.get(forum.id, ""))


def all_meanings(server: SetupServer) -> list[SetupMeaning]:
    """List what a /setup could be here, but for new channels for somebody who connects later."""
    creators = [_about(server, one, None) for one in server.candidates]
    return [*creators, *(SetupMeaning(None, forum) for forum in server.waiting)]


def meant(server: SetupServer, wanted: str | None, name: str | None, *, team: bool) -> list[SetupMeaning]:
    """Return what was meant: one; several, for a person to choose from; none, where `wanted` is nobody.

    `wanted`: the creator that was chosen or typed; `name`: the wanted name of the channels; `team`:
    whether a role is to be let in. A longer wait, or an older forum, says nothing.
    """
    if wanted is not None:
        return _chosen(server, wanted, name)
    if name is None:
        return all_meanings(server) or [SetupMeaning(None, None)]
    if exact := _chosen(server, name, name):
        return exact
    could = [one for one in server.candidates if not one.forums or _is_called(server, one, name)]
    prepared = _prepared(server, name)
    if len(could) == 1 and prepared is None and _is_sure(server, could[0], name, team=team):
        return [_about(server, could[0], name)]
    return [*(_about(server, one, name) for one in could), SetupMeaning(None, prepared)]


def _chosen(server: SetupServer, wanted: str, name: str | None) -> list[SetupMeaning]:
    if wanted == NOBODY_YET:
        return [SetupMeaning(None, None)]
    if prepared := [one for one in server.waiting if wanted == f"{NOBODY_YET}:{one.id}"]:
        return [SetupMeaning(None, prepared[0])]
    handle = wanted.strip().removeprefix("@").casefold()
    named = [one for one in server.candidates if handle in (one.creator.id, one.creator.handle.casefold())]
    return [_about(server, named[0], name)] if len(named) == 1 else []


def _about(server: SetupServer, candidate: SetupCandidate, name: str | None) -> SetupMeaning:
    """Their first forum that is there; else the one that was deleted; else one that is prepared for them."""
    own = candidate.forums
    there = next((one for one in own if one.id in server.names), own[0] if own else None)
    return SetupMeaning(candidate, there or _for_them(server, candidate, name))


def _for_them(server: SetupServer, candidate: SetupCandidate, name: str | None) -> Forum | None:
    """The forum that waits under this name; without a name the only one, if it is not named for another."""
    if name is not None:
        return _prepared(server, name)
    if len(server.waiting) != 1:
        return None
    (only,) = server.waiting
    return (
        only
        if server.stem(only) in {channel_layout.names(one)[0] for one in (None, *_called(candidate))}
        else None
    )


def _prepared(server: SetupServer, name: str) -> Forum | None:
    found = [one for one in server.waiting if server.stem(one) == channel_layout.names(name)[0]]
    return found[0] if len(found) == 1 else None


def _called(candidate: SetupCandidate) -> tuple[str, str]:
    return candidate.creator.handle, candidate.creator.display_name


def _is_called(server: SetupServer, candidate: SetupCandidate, name: str) -> bool:
    wanted = channel_layout.names(name)[0]
    stems = {server.stem(one) for one in candidate.forums}
    return wanted in stems or wanted in {channel_layout.names(one)[0] for one in _called(candidate)}


def _is_sure(server: SetupServer, candidate: SetupCandidate, name: str, *, team: bool) -> bool:
    """Whether nobody else can be meant: the only one here, by their name, or repaired without a role."""
    wanted = channel_layout.names(name)[0]
    if len(server.candidates) == 1 and wanted in {channel_layout.names(one)[0] for one in _called(candidate)}:
        return True
    return not team and wanted in {server.stem(one) for one in candidate.forums}
