-- Owners who let an assistant translate and draft for their creator. It counts for this server alone, and as long
-- as the same person has the creator's account connected. No row: nothing of the creator's leaves the bridge.
CREATE TABLE assistant_consents (
    creator_uuid TEXT PRIMARY KEY,
    server TEXT NOT NULL,
    uses TEXT NOT NULL,           -- what it may do, with spaces: draft translate
    agreed_by BIGINT NOT NULL,
    agreed_at BIGINT NOT NULL
);
