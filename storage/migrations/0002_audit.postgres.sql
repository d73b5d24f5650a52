-- The audit is only added to. Its oldest lines may go, once a checkpoint signs for them; and all of it may,
-- where no installation lives: in an unfinished copy that is begun anew.
CREATE FUNCTION audit_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a line of the audit is never changed';
END
$$;

CREATE FUNCTION audit_undeleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.seq > COALESCE((SELECT MAX(seq) FROM audit_checkpoints), 0)
        AND EXISTS (SELECT 1 FROM instance) THEN
        RAISE EXCEPTION 'a line of the audit is never deleted without a checkpoint';
    END IF;
    RETURN OLD;
END
$$;

CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_unchanged();

CREATE TRIGGER audit_undeleted BEFORE DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_undeleted();

CREATE TRIGGER audit_untruncated BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_unchanged();
