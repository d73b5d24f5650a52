"""Audit log texts about actions on a post or a tracking link (pure)."""

from collections.abc import Mapping

from bot.model.language import msgid

POSTS_DID: Mapping[str, str] = {
    "postask.propose": msgid("checked a post before suggesting it"),
    "postask.press": msgid("decided on suggesting a post"),
    "postask.refuse": msgid("refused a suggested post"),
    "postask.return": msgid("returned a suggested post to its author"),
    "postask.take_back": msgid("took back a post that they had suggested"),
    "postask.edit": msgid("changed a suggested post"),
    "postask.lapse": msgid("nobody decided on a suggested post in time"),
    "postask.again": msgid("suggested a returned post again"),
    "postedit.propose": msgid("checked a post before changing it"),
    "postedit.press": msgid("decided on changing a post"),
    "postdelete.propose": msgid("checked a post before deleting it"),
    "postdelete.press": msgid("decided on deleting a post"),
    "postpin.propose": msgid("checked a post before pinning it"),
    "postpin.press": msgid("decided on pinning a post"),
    "postunpin.propose": msgid("checked a post before unpinning it"),
    "postunpin.press": msgid("decided on unpinning a post"),
    "postcomment.propose": msgid("checked a post before commenting on it"),
    "postcomment.press": msgid("decided on commenting on a post"),
    "repost.propose": msgid("checked a post before reposting it"),
    "repost.press": msgid("decided on reposting a post"),
    "trackcreate.propose": msgid("checked a tracking link before making it"),
    "trackcreate.press": msgid("decided on making a tracking link"),
    "trackdelete.propose": msgid("checked a tracking link before deleting it"),
    "trackdelete.press": msgid("decided on deleting a tracking link"),
}
POSTS_DONE: Mapping[str, str] = {
    "postask.press": msgid("submitted"),
    "postedit.press": msgid("changed"),
    "postdelete.press": msgid("deleted"),
    "postpin.press": msgid("pinned"),
    "postunpin.press": msgid("unpinned"),
    "postcomment.press": msgid("posted"),
    "repost.press": msgid("reposted"),
    "trackcreate.press": msgid("created"),
    "trackdelete.press": msgid("deleted"),
}
