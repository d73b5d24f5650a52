"""The things an edit names besides the post: collections and files on Fanvue."""

from collections.abc import Mapping, Sequence

from bot.fanvue.figures import PostRow
from bot.features.publishing.post_management.change_rules import PostChange
from bot.features.publishing.post_management.input_rules import NOTHING, TYPED, is_none, must_say
from bot.features.publishing.posts import collection_rules
from bot.features.publishing.posts.fanvue import FanvuePosts
from bot.features.publishing.posts.plan_rules import Collection, PostFile, kinds_of
from bot.features.publishing.posts.texts import not_allowed, one_of
from bot.features.publishing.proposals.model import Content, ProposalRefused
from bot.model.language import tr
from bot.text.safe_text import in_quotes, one_line, safe
from storage.records import Link, MediaId

_SHELVES = "collectionUuids"
_SCOPE = "read:media"
_NAME = 40
_SHOWN = 10  # files of the post as it is whose kinds are shown


class PostStock:
    """Asked again for each preview, so also at the press."""

    def __init__(self, there: FanvuePosts) -> None:
        self._there = there

    async def shelved(self, link: Link, content: Content) -> Content:
        """The same with its collections by their ids, and what each is called now. Raises ProposalRefused."""
        typed = content.get(TYPED, {}).get("collections")
        if typed is not None:
            found = await self._named(link, must_say(typed))
            wanted = {**content[TYPED], "collections": [uuid for uuid, _ in found]}
            return {**content, TYPED: wanted, "labels": dict(found)}
        chosen = content.get("fields", {}).get(_SHELVES)
        if not chosen:
            return content
        labels = content["labels"]
        known = await self._there.collections(link.creator)
        still = collection_rules.still(known, [(uuid, labels[uuid]) for uuid in chosen], NOTHING)
        return {**content, "labels": dict(still)}

    async def named(self, link: Link, change: PostChange, row: PostRow) -> Mapping[str, str]:
        """The files that it names, and those that they replace, in words. Raises ProposalRefused."""
        if not change.fields.keys() & {"mediaUuids", "mediaPreviewUuid"}:
            return {}
        wanted = _files(change)
        if _SCOPE not in link.scopes.split():
            if not wanted:  # taking files away needs no look at them
                return {}
            raise ProposalRefused(not_allowed(link.handle, [_SCOPE], tr(NOTHING)))
        before = [*(row.media_uuids or ())[:_SHOWN], row.media_preview_uuid]
        files = dict.fromkeys([*wanted, *(file for file in before if file is not None)])
        vault = await self._there.vault(link.creator, list(files))
        kinds_of(wanted, vault, link.handle, nothing=tr(NOTHING), command="/post edit")
        return {file: _words(one) for file, one in vault.items()}

    async def _named(self, link: Link, typed: str) -> Sequence[Collection]:
        if is_none(typed):
            return ()
        found = collection_rules.named(await self._there.collections(link.creator), typed, NOTHING)
        must_say(" ".join(uuid for uuid, _ in found))  # nothing but commas names none
        return found


def _words(file: PostFile) -> str:
    """Its kind, and what the creator calls it: photo “beach”."""
    name = safe(one_line(file.name or "", _NAME))
    return f"{one_of(file.kind)} {in_quotes(name)}" if name else one_of(file.kind)


def _files(change: PostChange) -> list[MediaId]:
    preview = change.fields.get("mediaPreviewUuid")
    named = [*change.fields.get("mediaUuids", ()), *([preview] if preview else [])]
    return [MediaId(file) for file in dict.fromkeys(named)]
