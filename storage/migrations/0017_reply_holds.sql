-- How long a creator's replies wait before they are sent; no row: not at all.
CREATE TABLE reply_holds (
    creator_uuid TEXT PRIMARY KEY,
    seconds BIGINT NOT NULL,
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
