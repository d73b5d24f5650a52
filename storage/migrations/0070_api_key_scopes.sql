-- What a key opens beyond lists and figures: chats, or chats and drafts. A key without a row opens no more.
CREATE TABLE api_key_scopes (
    key_id TEXT PRIMARY KEY,
    creator_uuid TEXT NOT NULL,
    scope TEXT NOT NULL,
    mac TEXT
);
CREATE INDEX api_key_scopes_of_creator ON api_key_scopes (creator_uuid);
