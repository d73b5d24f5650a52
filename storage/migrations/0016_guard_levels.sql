-- How strictly a pack of the guard acts for a creator, where somebody chose; no row: what the program says.
CREATE TABLE guard_levels (
    creator_uuid TEXT NOT NULL,
    pack TEXT NOT NULL,
    level TEXT NOT NULL,
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (creator_uuid, pack)
);
