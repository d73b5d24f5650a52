-- The audit is only added to. Its oldest lines may go, once a checkpoint signs for them; and all of it may,
-- where no installation lives: in an unfinished copy that is begun anew.
CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'a line of the audit is never changed');
END;

CREATE TRIGGER audit_undeleted BEFORE DELETE ON audit
WHEN OLD.seq > COALESCE((SELECT MAX(seq) FROM audit_checkpoints), 0) AND EXISTS (SELECT 1 FROM instance)
BEGIN
    SELECT RAISE(ABORT, 'a line of the audit is never deleted without a checkpoint');
END;
