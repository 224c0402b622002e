-- What the service may do where another role owns the tables: all but change what they are, and to
-- the audit trail nothing but read it and add to it. Without that role, as in the local bank, there
-- is nothing to grant.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'bank_query') THEN
        RETURN;
    END IF;
    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM bank_query;
    GRANT USAGE ON SCHEMA public TO bank_query;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO bank_query;
    REVOKE INSERT, UPDATE, DELETE ON flyway_schema_history, currency FROM bank_query;
    REVOKE UPDATE, DELETE ON audit_entry FROM bank_query;
END $$;
