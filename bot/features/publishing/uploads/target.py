"""What files are for, where they are for something (pure)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.relay.reply_gate import PICK

FOR = "for"  # in the body of a command: the target of its files


@dataclass(frozen=True)
class UploadTarget:
    """A message that is put together and waits for files; `action`: of the button that leads back to it."""

    ref: str
    action: str
    noun: str  # “reply”


def target_of(body: Mapping[str, Any]) -> UploadTarget | None:
    """What a command's files are for; None: for the vault alone."""
    if FOR in body:
        return UploadTarget(**body[FOR])
    reply = body.get("reply")  # of an earlier version
    return UploadTarget(reply, PICK, "reply") if reply is not None else None


def aimed(body: Mapping[str, Any], target: UploadTarget | None) -> dict[str, Any]:
    """The same command, whose files are for this."""
    return {**body} if target is None else {**body, FOR: asdict(target)}
