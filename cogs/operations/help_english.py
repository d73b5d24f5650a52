"""The tasks of /help in English (data)."""

from collections.abc import Mapping

from cogs.operations.help_tasks import HelpWords

_W = HelpWords
ENGLISH: Mapping[str, HelpWords] = {
    "link": _W(
        "Connect a Fanvue account",
        "Run /link and sign in with Fanvue. /account show shows what is connected.",
        "sign in login start add creator",
    ),
    "setup": _W(
        "Set up a creator's channels",
        "Run /setup. It makes the private forum and the alerts channel, and repairs them later.",
        "server channel forum install repair begin",
    ),
    "home": _W(
        "See what waits for me",
        "Run /home: who waits, what needs you, and buttons to go on.",
        "today start overview panel work",
    ),
    "reply": _W(
        "Answer a fan",
        "Open the fan's thread and press **Reply**, or use /reply there.",
        "write send message text chat respond",
    ),
    "waiting": _W(
        "See which fans wait",
        "/inbox waiting lists them, the most urgent first. /fan find finds one fan.",
        "unanswered queue list open urgent search fan",
    ),
    "pings": _W(
        "Get a ping when a fan writes",
        "/inbox pings: choose every conversation, every message, only yours, or nothing. Set quiet "
        "hours too.",
        "notification notify phone ring sound alert push quiet sleep",
    ),
    "later": _W(
        "Send a reply later",
        "Press **Reply** and fill in **Send later**, or use /reply with `when:`. /inbox scheduled "
        "cancels it.",
        "schedule time tomorrow plan delay",
    ),
    "unsend": _W(
        "Take a message back",
        "Press **Unsend** on your line in the fan's thread. It works until the fan has bought it.",
        "delete undo remove recall mistake wrong",
    ),
    "snooze": _W(
        "Put a fan off, or mark them done",
        "In the fan's thread: /fan snooze until a time, /fan close when nothing is to answer, /fan "
        "reopen to undo.",
        "later remind done finished close",
    ),
    "claim": _W(
        "Take over or hand over a fan",
        (
            "In the fan's thread: /fan claim makes the fan yours for a few minutes, /fan handover gives "
            "them to a colleague."
        ),
        "mine colleague release assign shift",
    ),
    "note": _W(
        "Remember something about a fan",
        "In the fan's thread: /fan note add, /fan tag add for a word such as vip, /fan promise add for a "
        "promise.",
        "write down birthday vip tag promise",
    ),
    "paid": _W(
        "Send a paid picture",
        "In the fan's thread press **Reply**, then **Add media**: choose from the vault, set a price, "
        "look at the preview and press **Send**.",
        "photo video ppv bundle price sell media lock vault",
    ),
    "upload": _W(
        "Put files into the vault",
        "/media upload takes a file. Or hold a message with files, then Apps → Add to vault.",
        "photo video file add media library",
    ),
    "prices": _W(
        "Limit what a role may charge",
        "/money price limits sets the lowest and the highest price of a role. /money price show shows them.",
        "price cheap expensive floor ceiling chatter",
    ),
    "template": _W(
        "Answer with a template",
        "In the fan's thread: /template use, or press **Templates** on the fan's line.",
        "script snippet saved text reuse",
    ),
    "mass": _W(
        "Plan a mass message",
        "/mass: choose the lists, write, and set `when:`. You see a preview and confirm it.",
        "bulk broadcast campaign everyone schedule send all",
    ),
    "recall": _W(
        "Take a mass message back, or cancel one",
        "/mass recall takes a sent one back, /mass cancel a planned one. Buyers keep what they have.",
        "undo delete unsend mistake wrong stop",
    ),
    "lists": _W(
        "Make a list of fans",
        "/mass list build fills a list by what fans spent or bought, /mass list add adds one fan, "
        "/mass list show "
        "shows all.",
        "audience group segment spenders whales",
    ),
    "post": _W(
        "Publish a post, or suggest one",
        "/post: write, choose media and a time. You confirm the preview, or a manager decides.",
        "feed publish schedule suggest",
    ),
    "earnings": _W(
        "See earnings",
        "/money earnings shows today, `period:` any other days. /money top shows who spent most.",
        "money income revenue sales today month top spender",
    ),
    "digest": _W(
        "Get a daily or weekly report",
        "/money digest set chooses the hour and the channel. /money digest now shows a preview.",
        "summary report email figures morning",
    ),
    "goal": _W(
        "Set an earnings goal",
        "/money goal set for each week or month. /money goal show says how it goes.",
        "target plan money",
    ),
    "credit": _W(
        "See my sales",
        "/money credit statement shows privately what you sold.",
        "commission pay salary bonus statement",
    ),
    "grant": _W(
        "Let someone work in the team",
        "/team grant gives a member or a Discord role access. /team show lists who has it.",
        "add invite new chatter manager permission role access hire",
    ),
    "left": _W(
        "Someone left the team",
        "/team remove takes away their rights, drafts, waiting messages and channels at once.",
        "fire quit leave remove revoke access offboard",
    ),
    "review": _W(
        "Approve a reply",
        "/inbox review shows replies that wait for you. /team sent shows what was sent.",
        "approve check trainee lead quality",
    ),
    "pause": _W(
        "Stop everything at once",
        "/pause creator holds all that is sent for a creator, /pause member what one person sends. "
        "/pause off ends it.",
        "emergency stop halt freeze panic",
    ),
    "settings": _W(
        "Change a setting",
        "/settings show has all of them, the time zone first. **Change** opens each.",
        "time zone language quiet hours configure option alerts",
    ),
    "problems": _W(
        "Something was not sent",
        "/inbox problems lists what needs you, with buttons to settle it. /inbox status shows "
        "whether all works.",
        "error failed broken not working stuck unknown",
    ),
    "guard": _W(
        "Forbid words, or check messages first",
        "/settings guard add forbids a word, /settings guard set says how strict the checks are, "
        "/settings guard test tries a text.",
        "block filter words rules safety",
    ),
    "privacy": _W(
        "Decide what Discord shows and keeps",
        "/settings privacy mode chooses how texts are shown, /settings privacy retention how long "
        "they are kept, "
        "/settings privacy forget forgets a fan.",
        "gdpr delete data erase hide export",
    ),
}
