-- Addresses of programs that are told of events. The address, its secret and the choice of events are sealed,
-- and bound to the key: nobody who can only write here sends a creator's events elsewhere.
CREATE TABLE program_webhooks (
    id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    key_id TEXT NOT NULL,         -- its events tell what this key may read
    body_ct BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    ended_at BIGINT,
    reason TEXT                   -- why it ended, where nobody removed it
);
CREATE INDEX program_webhooks_of_creator ON program_webhooks (creator_uuid, made_at);
