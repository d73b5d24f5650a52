"""Whether anything may keep an effect from beginning, in one short condition.

Most of the time nothing does, and each of the questions that name the cause takes a server as long as all
the rest of a delivery: it plans them again each time (`storage.engine.postgres_session`). So the statement
that reads the effect asks all of them as one.
"""

# About the row `outbox`. Where it is false, the effect is neither held (`storage.people.pauses.holding`), nor
# an orphan (`storage.people.outgoing_messages.author_left`), nor without a place
# (`storage.people.consents.left`), nor too early for its forum (`storage.inbox.forums.held`).
ANY = """(EXISTS (SELECT 1 FROM pauses WHERE ended_at IS NULL)
    OR EXISTS (SELECT 1 FROM grants g WHERE g.creator_uuid = outbox.creator_uuid AND g.kind = 'member'
        AND g.role = 'none' AND g.ended_at IS NULL)
    OR EXISTS (SELECT 1 FROM consents c WHERE c.creator_uuid = outbox.creator_uuid
        AND c.withdrawn_at IS NOT NULL)
    OR EXISTS (SELECT 1 FROM forums f WHERE f.creator_uuid = outbox.creator_uuid AND f.unready = 1))"""
