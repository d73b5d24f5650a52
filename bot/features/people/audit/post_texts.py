"""Audit log texts about actions on a post or a tracking link (pure)."""

from collections.abc import Mapping

_DOING: dict[str, tuple[str, str]] = {
    "postedit": ("changing", "changed"),
    "postdelete": ("deleting", "deleted"),
    "postpin": ("pinning", "pinned"),
    "postunpin": ("unpinning", "unpinned"),
    "postcomment": ("commenting on", "published"),
    "repost": ("reposting", "reposted"),
}
_LINK = {"trackcreate": ("making", "created"), "trackdelete": ("deleting", "deleted")}
POSTS_DID: Mapping[str, str] = {
    "postask.propose": "looked at a post before suggesting it",
    "postask.press": "decided about suggesting a post",
    "postask.refuse": "refused a suggested post",
    "postask.return": "returned a suggested post to whoever suggested it",
    "postask.take_back": "took back a post that they had suggested",
    "postask.edit": "changed a suggested post",
    "postask.lapse": "nobody decided about a suggested post in its time",
    "postask.again": "suggested a returned post again",
    **{f"{name}.propose": f"looked at a post before {doing} it" for name, (doing, _) in _DOING.items()},
    **{f"{name}.press": f"decided about {doing} a post" for name, (doing, _) in _DOING.items()},
    **{
        f"{name}.propose": f"looked at a tracking link before {doing} it"
        for name, (doing, _) in _LINK.items()
    },
    **{f"{name}.press": f"decided about {doing} a tracking link" for name, (doing, _) in _LINK.items()},
}
POSTS_DONE: Mapping[str, str] = {
    "postask.press": "put up",
    **{f"{name}.press": done for name, (_, done) in (_DOING | _LINK).items()},
}
