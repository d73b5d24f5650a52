"""What the table must say, by hand: a change is made in both, or fails.

A feature may say its own part beside its tests, in `specification.py`: `ACTIONS` are more rows of the table,
`THREADS_ONLY` names what works in a fan's thread only, `CONFIRMING` are more second presses. So it goes with
the feature.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import tests.features
from bot.access.policy import Action


def _of_features() -> Iterator[ModuleType]:
    for path in sorted(Path(tests.features.__file__).parent.glob("*/*/specification.py")):
        yield import_module(".".join(("tests.features", *path.parts[-3:-1], path.stem)))


_FEATURES = list(_of_features())

ROLES = ("owner", "manager", "chatter", "trainee", "viewer", "outsider")

# For each action who may do it about their own creator, on a server where that creator is at home.
# "everybody": it is about no creator. "server": whoever has Manage Server.
_SPEC = """
link             everybody
link.answer      everybody
unlink           owner
account          everybody
steward          everybody
setup            server
status           owner manager chatter trainee viewer
zone.choose      everybody
help             everybody
reply            owner manager chatter trainee
reply.review     owner manager
reply.held       owner manager chatter trainee viewer
review.sent      owner manager
review.blocked   owner manager
reply.price      owner manager chatter
reply.settle     owner manager chatter
reply.unsend     owner manager chatter
price.show       owner manager chatter
price.limits     owner manager
guard.show       owner manager chatter
guard.set        owner manager
guard.test       owner manager
inbox.hold       owner manager
inbox.typing     owner manager
template.use     owner manager chatter
template.edit    owner manager
template.import  owner manager
talk.anyway      owner manager chatter
talk.claim       owner manager chatter
talk.release     owner manager chatter
talk.hand_over   owner manager chatter
talk.snooze      owner manager chatter
talk.close       owner manager chatter
talk.reopen      owner manager chatter
hidden.show      owner manager chatter trainee viewer
chat.open        owner manager chatter trainee viewer
chat.read        owner manager chatter
chat.mute        owner manager
chat.nickname    owner manager chatter
note.read        owner manager chatter trainee viewer
note.write       owner manager chatter
fan.tag          owner manager chatter
promise.list     owner manager chatter trainee viewer
promise.keep     owner manager chatter
fan.more         owner manager chatter trainee viewer
fan.items        owner manager chatter trainee viewer
inbox.list       owner manager chatter trainee viewer
inbox.timers     owner manager
inbox.pings      owner manager chatter trainee
alerts.show      owner manager chatter trainee viewer
alerts.mine      owner manager chatter trainee viewer
alerts.set       owner manager
alert.why        everybody
find             owner manager chatter trainee viewer
problems.list    owner manager chatter
problems.settle  owner manager chatter
problems.verdict owner manager
mass             owner manager
campaigns        owner manager
mass.compose     owner manager
mass.limits      owner manager
post             owner manager
post.ask         owner manager chatter trainee
upload           owner manager
post.list        owner manager
post.change      owner manager
tracking.list    owner manager chatter
tracking.show    owner manager
tracking.change  owner manager
post.follow      owner manager
post.figures     owner manager chatter trainee viewer
list.show        owner manager
list.edit        owner manager
list.build       owner manager
list.delete      owner manager
media            owner manager chatter
earnings         owner manager
fans.top         owner manager
subscribers      owner manager
digest           owner
goal.show        owner manager
goal.set         owner manager
digest.more      owner
ledger.check     owner manager
ledger.rebuild   owner
credit.sales     owner manager
credit.statement owner manager chatter trainee viewer
credit.reassign  owner manager
team.show        owner
team.explain     everybody
team.grant       owner
team.remove      owner
team.leave       everybody
team.return      everybody
team.figures     owner manager
team.doctor      owner
pause            owner
audit            owner manager
privacy.show     owner manager chatter trainee viewer
privacy.set      owner
privacy.forget   owner
privacy.export   owner
privacy.erase    owner
"""
_ROWS = [
    line for part in (_SPEC, *(getattr(one, "ACTIONS", "") for one in _FEATURES)) for line in part.split("\n")
]
ALLOWED = {Action(line.split()[0]): line.split()[1:] for line in _ROWS if line}
THREADS_ONLY: set[str] = {name for one in _FEATURES for name in getattr(one, "THREADS_ONLY", ())}

# Where the outcome may be seen, and what is asked twice; everything else: privately, and once.
IN_THREAD = {
    Action.REPLY,
    Action.PRICE,
    Action.REVIEW,
    Action.SETTLE_REPLY,
    Action.UNSEND,
    Action.ANSWER_ANYWAY,
    Action.CLAIM,
    Action.RELEASE,
    Action.HAND_OVER,
    Action.SETTLE,
    Action.VERDICT,
    Action.MASS,
    Action.POST,
    Action.POST_ASK,
    Action.POST_CHANGE,
    Action.TRACKING_CHANGE,
}
TWICE = {
    Action.ANSWER_ANYWAY,
    Action.LINK,
    Action.STEWARD,
    Action.UNLINK,
    Action.MASS,
    Action.POST,
    Action.POST_ASK,
    Action.POST_CHANGE,
    Action.TRACKING_CHANGE,
    Action.LIST_BUILD,
    Action.LIST_DELETE,
    Action.TEAM_GRANT,
    Action.TEAM_REMOVE,
    Action.TEAM_LEAVE,
    Action.PRICE_LIMITS,
    Action.CREDIT_REASSIGN,
    Action.TEMPLATE_IMPORT,
    Action.GUARD_IMPORT,
    Action.PRIVACY_SET,
    Action.FORGET,
    Action.EXPORT,
    Action.ERASE,
}

# Who sees a channel by the bridge's doing, and who writes in its threads: a Discord role to which this was
# granted. Nobody does by /setup, by Manage Server, or by being an outsider.
CHANNELS = {
    "category": ((), ()),
    "forum": (("manager", "chatter", "trainee", "viewer"), ("manager", "chatter", "trainee")),
    "alerts": (("manager", "chatter", "trainee", "viewer"), ("manager", "chatter", "trainee")),
}

# The buttons and windows that are the second press, and nothing else is.
CONFIRMING = {
    "erase.yes": Action.ERASE,  # the window, in which the handle is typed
    "talk.anyway": Action.ANSWER_ANYWAY,
    "talk.take": Action.ANSWER_ANYWAY,
    "link.yes": Action.LINK,
    "link.instead": Action.LINK,
    "unlink.yes": Action.UNLINK,
    "steward.yes": Action.STEWARD,
    "propose.count": Action.MASS,  # the window, in which the number of recipients is typed
    "propose.yes": Action.MASS,  # or a post: the preview says which
    "suggest.yes": Action.POST,  # that somebody else suggested
    "second.yes": Action.MASS,  # another person's
    "team.confirm": Action.TEAM_GRANT,
    "team.remove": Action.TEAM_REMOVE,
    "team.leave": Action.TEAM_LEAVE,
    "price.yes": Action.PRICE_LIMITS,
    "list.yes": Action.LIST_BUILD,
    "list.delete": Action.LIST_DELETE,
    "template.skip": Action.TEMPLATE_IMPORT,
    "template.replace": Action.TEMPLATE_IMPORT,
    "privacy.yes": Action.PRIVACY_SET,
    "forget.yes": Action.FORGET,
    "export.yes": Action.EXPORT,
    **{name: action for one in _FEATURES for name, action in getattr(one, "CONFIRMING", {}).items()},
}


def may(action: Action, role: str, relation: str, *, manages: bool = False) -> bool:
    """What is right: `relation` is own, other creator, other server, private messages or unlinked."""
    who = ALLOWED[action]
    if relation == "private messages":
        own = action in {Action.UNLINK, Action.DIGEST_MORE}
        return action in {Action.ALERT_WHY, Action.TOUR} or (own and role == "owner")
    if who == ["everybody"]:
        return True
    if who == ["server"]:
        return manages
    if relation == "other creator":
        return False
    if role == "owner":  # by their own link, wherever on Discord they are; without it they are nobody
        return relation != "unlinked" and role in who
    return relation in {"own", "unlinked"} and role in who
