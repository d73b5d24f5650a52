-- Between which times of a creator's day mass messages ask again, in minutes since midnight; no row: never.
CREATE TABLE quiet_hours (
    creator_uuid TEXT PRIMARY KEY,
    begins BIGINT NOT NULL,
    ends BIGINT NOT NULL,             -- before `begins`: on the next day
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
