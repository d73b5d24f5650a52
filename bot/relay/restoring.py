"""Which effects of a restored database find out by themselves what became of them."""

from typing import Final

# Their posts carry a reference that is in the backup too, a chat is read before anybody is asked, and an
# edit or a look repeated changes nothing. Each becomes unknown, and its deed's own settling does the rest.
LOOKED_FOR: Final = frozenset(
    {
        "thread.open",
        "post",
        "fan.fetch",
        "line.edit",
        "reply.post",
        "reply.edit",
        "alert",
        "board",
        "chat.send",
        "chat.look",
        "media.look",
    }
)

# These make posts with references of their own, which the backup cannot know: a person decides. A command
# is answered within 15 minutes or never.
LEFT: Final = frozenset({"fan.read", "echo.check", "answer"})
