"""Short scenes that together reach every place where the bridge may die.

A scene is for what it reaches each time that it is played (`python -m tests.proofs.crashpoints --list`).
"""

from collections.abc import Mapping

from tests.proofs.crashpoints.scene import CrashpointScene
from tests.proofs.crashpoints.scenes_of_alerts import ALERTS
from tests.proofs.crashpoints.scenes_of_campaigns import CAMPAIGNS
from tests.proofs.crashpoints.scenes_of_comments import COMMENTS
from tests.proofs.crashpoints.scenes_of_digests import DIGESTED
from tests.proofs.crashpoints.scenes_of_edits import EDITS
from tests.proofs.crashpoints.scenes_of_inbox import INBOX
from tests.proofs.crashpoints.scenes_of_links import LINKS
from tests.proofs.crashpoints.scenes_of_looks import LOOKS
from tests.proofs.crashpoints.scenes_of_masses import MASSES
from tests.proofs.crashpoints.scenes_of_money import MONEY
from tests.proofs.crashpoints.scenes_of_owners import OWNERS
from tests.proofs.crashpoints.scenes_of_pings import PINGS
from tests.proofs.crashpoints.scenes_of_posts import POSTS
from tests.proofs.crashpoints.scenes_of_recalls import RECALLS
from tests.proofs.crashpoints.scenes_of_replies import REPLIES
from tests.proofs.crashpoints.scenes_of_room import ROOM
from tests.proofs.crashpoints.scenes_of_routing import ROUTING
from tests.proofs.crashpoints.scenes_of_suggestions import SUGGESTIONS
from tests.proofs.crashpoints.scenes_of_teams import TEAMS
from tests.proofs.crashpoints.scenes_of_threads import THREADS
from tests.proofs.crashpoints.scenes_of_time import TIME
from tests.proofs.crashpoints.scenes_of_uploads import UPLOADS
from tests.proofs.crashpoints.scenes_of_words import WORDS

SCENES: Mapping[str, CrashpointScene] = {
    **THREADS,
    **OWNERS,
    **MONEY,
    **DIGESTED,
    **TEAMS,
    **INBOX,
    **PINGS,
    **ROUTING,
    **REPLIES,
    **RECALLS,
    **EDITS,
    **ALERTS,
    **TIME,
    **ROOM,
    **POSTS,
    **LINKS,
    **CAMPAIGNS,
    **COMMENTS,
    **UPLOADS,
    **WORDS,
    **LOOKS,
    **MASSES,
    **SUGGESTIONS,
}
