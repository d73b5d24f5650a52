"""Lists of fans, and collections, of a desk: every creator has one."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Sequence

from storage.records import Link


class DeskSuggested:
    """Lists of fans, and collections: every creator has one."""

    async def like(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        return (("Subscribers", "subscribers"),)
