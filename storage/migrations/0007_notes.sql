-- What members wrote down about a fan, for the creator's whole team. Stays until it is taken away.
CREATE TABLE notes (
    id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    fan_uuid TEXT NOT NULL,
    author_id BIGINT NOT NULL,
    written_at BIGINT NOT NULL,
    -- Who changed it last, if anybody did.
    edited_by BIGINT,
    edited_at BIGINT,
    body_ct BYTEA NOT NULL
);
CREATE INDEX notes_fan ON notes (creator_uuid, fan_uuid, written_at, id);
