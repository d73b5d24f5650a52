-- What a team owes a fan, and by when.
CREATE TABLE promises (
    id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    owed_by BIGINT,                   -- who promised; NULL: they left, and the whole team owes it
    made_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    version BIGINT NOT NULL,          -- grows with every change
    -- The message that was marked, if one was.
    channel_id BIGINT,
    message_id BIGINT,
    reminder_id TEXT,                 -- the effect that reminds of it; NULL: nobody was reminded of this date
    state TEXT NOT NULL,              -- open, kept or dropped
    settled_by BIGINT,
    settled_at BIGINT,
    body_ct BYTEA NOT NULL            -- what was promised, and why it was dropped
);
CREATE INDEX promises_fan ON promises (creator_uuid, fan_uuid, due_at, id);
CREATE INDEX promises_due ON promises (due_at) WHERE state = 'open' AND reminder_id IS NULL;
CREATE INDEX promises_settled ON promises (settled_at) WHERE settled_at IS NOT NULL;
