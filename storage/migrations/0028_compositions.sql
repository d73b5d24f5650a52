-- A mass message that a member is putting together: one for each member, creator and server.
CREATE TABLE compositions (
    id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    guild_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    version BIGINT NOT NULL,          -- grows with every step
    begun_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    body_ct BYTEA NOT NULL,           -- what it says, to whom, when, and from which presses it was previewed
    UNIQUE (creator_uuid, guild_id, member_id)
);
CREATE INDEX compositions_changed ON compositions (changed_at);
