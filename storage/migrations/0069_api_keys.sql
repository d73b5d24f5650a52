-- Keys with which programs read a creator's data over HTTP. A key itself is kept nowhere, only its digest.
CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,         -- SHA-256 of the secret, which has 256 random bits
    role TEXT NOT NULL,           -- as what it reads
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,               -- last, to the minute
    ended_at BIGINT,
    mac TEXT
);
CREATE INDEX api_keys_of_creator ON api_keys (creator_uuid, made_at);
