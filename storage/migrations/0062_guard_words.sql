-- The words and phrases that a team forbids: one list of a creator, one of a server for all its creators.
CREATE TABLE guard_words (
    guild_id BIGINT NOT NULL,     -- 0: the creator's own, on every server
    creator_uuid TEXT NOT NULL,   -- '': of every creator of the server
    body_ct BYTEA NOT NULL,       -- phrases and their levels
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (guild_id, creator_uuid)
);
