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
    "postask.propose": "checked a post before suggesting it",
    "postask.press": "decided on suggesting a post",
    "postask.refuse": "refused a suggested post",
    "postask.return": "returned a suggested post to its author",
    "postask.take_back": "took back a post that they had suggested",
    "postask.edit": "changed a suggested post",
    "postask.lapse": "nobody decided on a suggested post in time",
    "postask.again": "suggested a returned post again",
    **{f"{name}.propose": f"checked a post before {doing} it" for name, (doing, _) in _DOING.items()},
    **{f"{name}.press": f"decided on {doing} a post" for name, (doing, _) in _DOING.items()},
    **{f"{name}.propose": f"checked a tracking link before {doing} it" for name, (doing, _) in _LINK.items()},
    **{f"{name}.press": f"decided on {doing} a tracking link" for name, (doing, _) in _LINK.items()},
}
POSTS_DONE: Mapping[str, str] = {
    "postask.press": "submitted",
    **{f"{name}.press": done for name, (_, done) in (_DOING | _LINK).items()},
}
