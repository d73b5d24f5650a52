-- Agents that ask to be let in, for minutes, and what opens for those that were. Secrets are kept as digests
-- alone; what an agent asks for is sealed, and bound to its row.
CREATE TABLE agent_requests (
    id TEXT PRIMARY KEY,
    creator_uuid TEXT,            -- about whom a person was asked last
    offer_id TEXT,                -- what the buttons under that question name
    code_hash TEXT NOT NULL,      -- of the short code that the page shows
    browser_hash TEXT NOT NULL,   -- of the cookie of the one browser that gets the answer
    grant_hash TEXT,              -- of the authorization code
    state TEXT NOT NULL,          -- waiting, allowed, refused, coded, spent
    body_ct BYTEA NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX agent_requests_by_code ON agent_requests (code_hash);
CREATE UNIQUE INDEX agent_requests_by_browser ON agent_requests (browser_hash);
CREATE INDEX agent_requests_by_grant ON agent_requests (grant_hash);
CREATE INDEX agent_requests_by_offer ON agent_requests (offer_id);
CREATE TABLE agent_grants (
    key_id TEXT PRIMARY KEY,      -- the key as which it reads: with it all of this ends
    creator_uuid TEXT NOT NULL,
    client_hash TEXT NOT NULL,
    resource TEXT NOT NULL,       -- the one address where its tokens open anything
    family_hash TEXT NOT NULL,    -- of what stays the same in each refresh token
    refresh_hash TEXT NOT NULL,   -- of what changes: another one was used before
    access_hash TEXT NOT NULL,
    access_until BIGINT NOT NULL,
    mac TEXT
);
CREATE INDEX agent_grants_of_creator ON agent_grants (creator_uuid);
