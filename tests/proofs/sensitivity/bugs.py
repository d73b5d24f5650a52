"""The bugs: what somebody might get wrong, as a patch, and who must notice."""

from tests.proofs.sensitivity.content_bugs import CONTENT
from tests.proofs.sensitivity.inbox_bugs import INBOX
from tests.proofs.sensitivity.placing_bugs import PLACING
from tests.proofs.sensitivity.process_bugs import PROCESSES
from tests.proofs.sensitivity.proofs import FigureProof, SelectedTests
from tests.proofs.sensitivity.seeded_source import Bug, Edit

# Evenings in virtual time, until the first that shows it: each of these bugs shows in every second or third.
_EVENINGS = ("--seeds", "12", "--events", "120", "--every", "15", "--first", "--stories", "0", "--jobs", "1")
_CUTS = ("--cuts", "40", "--facts", "180", "--seed", "1")


def _tests(*nodes: str, cost: float = 3.0) -> SelectedTests:
    return SelectedTests(tuple(f"tests/{node}" for node in nodes), cost)


def _evening(*shows: str) -> FigureProof:
    return FigureProof("tests.simulation", _EVENINGS, shows, cost=15.0)


def _power_cut(*shows: str) -> FigureProof:
    return FigureProof("tests.proofs.powercut", _CUTS, shows, cost=20.0)


def _crash_at(point: str) -> FigureProof:
    return FigureProof("tests.proofs.crashpoints", ("--only", point), ("points - survived",), cost=60.0)


_SAME_NAME = "relay/test_threads.py::test_nothing_is_adopted_by_its_name"
_REFERENCE = "reference=self._effects.ids.card(key),"
# The schema alone would stop a reference that is not one thread's only; whoever adopts by a name has
# dropped that rule too.
_NOT_UNIQUE = Edit("reference TEXT NOT NULL UNIQUE,", "reference TEXT NOT NULL,")

_IN = (
    Bug(
        "acknowledge-before-commit",
        "200 is answered while the event is still on its way into the database",
        (
            Edit(
                "fresh = await self._keep(raw, understand(raw))",
                "fresh = asyncio.ensure_future(self._keep(raw, understand(raw))) is not None",
            ),
        ),
        (_tests("web/test_webhooks.py::test_a8_an_event_that_cannot_be_stored_is_answered_503"),),
    ),
    Bug(
        "dedupe-in-memory",
        "repeats are known only to the process that took the first delivery",
        (
            Edit(
                "        fact = self._ids.fact(creator, meaning.kind, meaning.key)\n",
                "        known = self.__dict__.setdefault('seen', {}).setdefault(\n"
                "            (creator, meaning.kind, meaning.key), __import__('os').urandom(8).hex()\n"
                "        )\n"
                "        fact = self._ids.fact(creator, meaning.kind, known)\n",
                beside="Keeps each event once, and has it decided in order.",
            ),
            Edit("                    key=meaning.key,\n", " " * 20 + "key=known,\n"),
        ),
        (_tests("relay/test_repeats.py"),),
    ),
    Bug(
        "timestamp-as-filter",
        "whatever is older than the newest event counts as known",
        (
            Edit(
                "            state, reason = await self._state(tx, creator, meaning)\n",
                "            if at < (await inbox.newest_at(tx, creator) or 0):\n"
                "                return False\n"
                "            state, reason = await self._state(tx, creator, meaning)\n",
            ),
        ),
        (_tests("relay/test_repeats.py"),),
    ),
    Bug(
        "watermark-as-filter",
        "the sweep takes what is older than the last sweep for known",
        (
            Edit(
                "for row, at in timed if at >= mark.floor\n",
                "for row, at in timed if at >= (mark.swept_at or mark.floor)\n",
            ),
        ),
        (_tests("relay/test_sweep.py"),),
    ),
    Bug(
        "unsigned-is-fine",
        "a webhook without any signature is believed",
        (
            Edit(
                "if isinstance(verdict, SignatureRefusal):",
                "if isinstance(verdict, SignatureRefusal) and verdict is not SignatureRefusal.MISSING:",
            ),
        ),
        (
            _tests(
                "web/test_webhooks.py::test_a1_a2_what_is_not_signed_right_now_is_answered_401_and_not_kept"
            ),
        ),
    ),
    Bug(
        "synchronous-normal",
        "a commit that was acknowledged may be gone after a power cut",
        (Edit('"PRAGMA synchronous = FULL"', '"PRAGMA synchronous = NORMAL"'),),
        (_power_cut("lost"),),
    ),
    Bug(
        "reading-marks-as-read",
        "looking into a chat marks it as read on Fanvue",
        (Edit('_UNREAD = ("markAsRead", "false")', '_UNREAD = ("x", "false")'),),
        (_tests("fanvue/test_client.py", "fanvue/test_chats.py", "fanvue/test_stand_in.py"),),
    ),
)

_OUT = (
    Bug(
        "retry-on-5xx",
        "a send that ended unclear is simply sent again",
        (
            Edit(
                "        case RequestUnclear() if reading:\n",
                "        case RequestUnclear():\n",
            ),
        ),
        (_tests("fanvue/test_chats.py"), _evening("duplicated")),
    ),
    Bug(
        "no-settle-time",
        "a send that is not in the chat at once counts as not sent",
        (
            Edit(
                "    return doubted + waits.settle[-1]\n",
                "    return doubted\n",
            ),
        ),
        (_tests("relay/test_lost_sends.py"),),
    ),
    Bug(
        "fail-open-lookup",
        "a search that failed counts as one that found nothing",
        (
            Edit(
                "        except (TryLater, DeliveryUnknown, DeliveryRefused) as unseen:\n"
                "            await self._unseen(effect, unseen)\n"
                "            return\n",
                "        except (TryLater, DeliveryUnknown, DeliveryRefused):\n            pass\n",
            ),
        ),
        (_tests("relay/test_lost_sends.py", "relay/test_threads.py"),),
    ),
    Bug(
        "settled-from-the-beginning",
        "a send is given up a minute after it began, though its bytes may have left long after that",
        (
            Edit(
                "return self.doubted_at or self.attempt_started or self.created_at",
                "return self.attempt_started or self.created_at",
            ),
        ),
        (_tests("relay/test_lost_sends.py"),),
    ),
    Bug(
        "send-again-after-a-crash",
        "what was being sent when the process died is sent once more at the next start",
        (
            Edit(
                "SET state = 'unknown', not_before = :not_before, doubted_at",
                "SET state = 'pending', not_before = :not_before, doubted_at",
            ),
        ),
        (
            _tests("relay/test_lost_sends.py::test_a_crash_during_the_post_is_settled_by_reading"),
            _crash_at("fanvue/send/after"),
        ),
    ),
    Bug(
        "mass-resent-on-unknown",
        "a mass message whose answer got lost is simply sent again",
        (
            Edit(
                "settling = SettlingMethod.ASK",
                "settling = SettlingMethod.REPEAT",
                beside="Handler of what was confirmed: done once",
            ),
        ),
        (_tests("proofs/faults/test_mass.py"),),
    ),
    Bug(
        "post-repeated-on-timeout",
        "a post whose answer was lost counts as not made, and is tried again",
        (
            Edit(
                "            return DeliveryUnknown(_LOST)\n",
                "            return outcome(error, reading=True)\n",
                beside="A creator's posts and vault on Fanvue: one attempt each",
            ),
        ),
        (
            _tests(
                "features/publishing/posts/test_lost_posts.py::test_one_that_was_not_made_is_not_made_again_but_asked_about"
            ),
        ),
    ),
    Bug(
        "one-message-for-two-sends",
        "two replies of the same words find the same message in the chat",
        (
            Edit(
                "if (known is None or known.effect == effect.id) and owner in (None, effect.id):",
                "if known is None or owner is None or known.effect:",
            ),
        ),
        (_tests("relay/test_lost_sends.py::test_the_same_text_twice_claims_two_different_messages"),),
    ),
    Bug(
        "no-nonce",
        "Discord is not told that a repeated message is the same one",
        (
            Edit(
                '"nonce": nonce, "enforce_nonce": True}',
                '"nonce": nonce}',
                beside="The Discord port: forum posts, messages and private answers",
            ),
        ),
        (_tests("discord/test_threads.py::test_the_same_nonce_posts_one_message"), _evening("duplicated")),
    ),
    Bug(
        "nonce-for-ever",
        "a line of unknown fate is posted again, however old its nonce is",
        (
            Edit(
                "self._clock.now() >= started + self._waits.nonce\n",
                "self._clock.now() < started\n",
            ),
        ),
        (_tests("relay/test_lines.py"),),
    ),
    Bug(
        "no-order-in-a-stream",
        "what waits lets the later ones of its stream pass",
        (
            Edit(
                '_IN_TURN = "ORDER BY seq LIMIT 1"',
                '_IN_TURN = "ORDER BY not_before, seq LIMIT 1"',
            ),
        ),
        (_tests("relay/test_fan_writes.py", "relay/test_replies.py"),),
    ),
    Bug(
        "adoption-off",
        "a forum post whose answer got lost is never looked for",
        (
            Edit(
                "        return sorted(found, key=lambda opened: opened.thread)\n",
                "        return []\n",
            ),
        ),
        (_tests("discord/test_threads.py"), _evening("duplicated")),
    ),
    Bug(
        "adoption-by-short-id",
        "a forum post is taken for a fan's by the four digits in its name",
        (
            Edit(_REFERENCE, 'reference=f"{fan[:4]:0<22}",'),
            _NOT_UNIQUE,
        ),
        (_tests(_SAME_NAME),),
    ),
    Bug(
        "adoption-by-name",
        "a forum post is taken for a fan's by the fan's name",
        (
            Edit(
                "        await threads.want(tx, wanted)\n",
                "        named = await fans.get(tx, wanted.creator, wanted.fan)\n"
                "        reference = f'{named.display_name!s:_<22}'.replace(' ', '-')[:22]\n"
                "        wanted = replace(wanted, reference=reference)\n"
                "        await threads.want(tx, wanted)\n",
            ),
            _NOT_UNIQUE,
        ),
        (_tests(_SAME_NAME),),
    ),
    Bug(
        "restored-without-looking",
        "a restored bridge shows again what it had shown after the backup",
        (Edit("    return max(times[0], since) - _SKEW\n", "    return None\n"),),
        (_tests("relay/test_forgotten.py", cost=8.0),),
    ),
    Bug(
        "references-at-random",
        "a restored database cannot know again what carries its references",
        (
            Edit(
                'hmac.digest(self._secret, json.dumps(what).encode(), "sha256")',
                'hmac.digest(self._secret, json.dumps([*what, id(self)]).encode(), "sha256")',
            ),
        ),
        (_tests("relay/test_forgotten.py", cost=8.0),),
    ),
)

_PEOPLE = (
    Bug(
        "no-compare-and-set-on-accept",
        "a command counts although it was cancelled, or counted already",
        (
            Edit(
                "SET state = 'accepted' WHERE id = :id AND state = 'staged'",
                "SET state = 'accepted' WHERE id = :id",
            ),
        ),
        (_tests("storage/test_commands.py", "relay/test_commands.py"),),
    ),
    Bug(
        "no-compare-and-set-on-again",
        "a second click on [Send again] sends again",
        (
            Edit(
                "settled_at = NULL, attention = NULL\n"
                "           WHERE id = :id AND state IN ('absent', 'rejected')\"\"\",\n",
                'settled_at = NULL, attention = NULL\n           WHERE id = :id""",\n',
            ),
        ),
        (_tests("relay/test_lost_sends.py", "relay/test_replies.py"),),
    ),
    Bug(
        "confirmed-for-more",
        "a mass message goes to however many are on its lists by then",
        (
            Edit(
                'return not grew(shown.seen["most"], now.seen["most"])',
                'return not grew(shown.seen["most"], shown.seen["most"])',
            ),
        ),
        (_tests("proofs/faults/test_mass.py"),),
    ),
    Bug(
        "accept-without-an-answer",
        "a reply is sent although its member saw a failure",
        (
            Edit(
                "        if not await _taken(asked, deferred=keeps or (in_place and not _in_view(asked))):\n",
                "        if not await _taken(asked, deferred=keeps) and command is None:\n",
            ),
        ),
        (_tests("cogs/test_not_sent.py"), _evening("unexplained")),
    ),
    Bug(
        "anybody-may-reply",
        "whoever may read a fan's thread may also answer",
        (
            Edit(
                "    return server_wish_of(asked, why_not_answer(asked.permissions))\n",
                "    return server_wish_of(asked)\n",
                beside="A member's reply, from /reply or the window",
            ),
        ),
        (_tests("cogs/test_not_sent.py"),),
    ),
    Bug(
        "default-allowed-mentions",
        "a fan's words can call everybody",
        (
            Edit(
                'else {**container_of(post, web), "allowed_mentions": {"parse": []}}',
                """else {
        **container_of(post, web),
        "allowed_mentions": {"parse": ["everyone", "roles", "users"]},
    }""",
            ),
        ),
        (_tests("discord/test_cards.py::test_nothing_that_is_posted_or_edited_mentions_anybody"),),
    ),
    Bug(
        "no-refresh-lock",
        "everybody who needs a token refreshes it",
        (
            Edit(
                "        flight = self._flights.get(link)\n",
                "        flight = None\n",
            ),
        ),
        (_tests("features/people/accounts/test_refresh_once.py"),),
    ),
)

BUGS: tuple[Bug, ...] = (*_IN, *_OUT, *_PEOPLE, *CONTENT, *INBOX, *PLACING, *PROCESSES)
QUICK = ("no-settle-time", "anybody-may-reply")  # for the pytest beside this
