"""Short scenes that together reach every place where the bridge may die.

A scene is for what it reaches each time that it is played (`python -m tests.crashpoints --list`).
"""

from collections.abc import Mapping

from tests.crashpoints.scene import Scene
from tests.crashpoints.scenes_of_alerts import ALERTS
from tests.crashpoints.scenes_of_campaigns import CAMPAIGNS
from tests.crashpoints.scenes_of_comments import COMMENTS
from tests.crashpoints.scenes_of_digests import DIGESTED
from tests.crashpoints.scenes_of_edits import EDITS
from tests.crashpoints.scenes_of_inbox import INBOX
from tests.crashpoints.scenes_of_links import LINKS
from tests.crashpoints.scenes_of_looks import LOOKS
from tests.crashpoints.scenes_of_masses import MASSES
from tests.crashpoints.scenes_of_money import MONEY
from tests.crashpoints.scenes_of_owners import OWNERS
from tests.crashpoints.scenes_of_posts import POSTS
from tests.crashpoints.scenes_of_room import ROOM
from tests.crashpoints.scenes_of_suggestions import SUGGESTIONS
from tests.crashpoints.scenes_of_teams import TEAMS
from tests.crashpoints.scenes_of_threads import THREADS
from tests.crashpoints.scenes_of_time import TIME
from tests.crashpoints.scenes_of_uploads import UPLOADS
from tests.crashpoints.scenes_of_words import WORDS

SCENES: Mapping[str, Scene] = {
    **THREADS,
    **OWNERS,
    **MONEY,
    **DIGESTED,
    **TEAMS,
    **INBOX,
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
