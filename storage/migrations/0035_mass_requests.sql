-- Mass messages that wait for a second person, or did. What they say lies sealed in the proposal of the draft.
CREATE TABLE mass_requests (
    draft_id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    guild_id BIGINT NOT NULL,
    proposer BIGINT NOT NULL,
    proposer_roles TEXT NOT NULL,     -- their Discord roles when they confirmed it, with spaces between
    command_id TEXT NOT NULL,         -- the press by which they did
    state TEXT NOT NULL,              -- open, then the word by which it ended
    decided_by BIGINT,
    decided_at BIGINT,
    made_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL
);
CREATE INDEX mass_requests_open ON mass_requests (until_at) WHERE state = 'open';
