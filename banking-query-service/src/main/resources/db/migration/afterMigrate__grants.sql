-- What the service may do where another role owns the tables: all but change what they are, and to
-- the audit trail nothing but read it and add to it. Without that role, as in the local bank, there
-- is nothing to grant.
do $$
begin
    if not exists (select from pg_roles where rolname = 'bank_query') then
        RETURN;
    end if;
    revoke all on all tables in schema public from bank_query;
    grant usage on schema public to bank_query;
    grant select, insert, update, delete on all tables in schema public to bank_query;
    revoke insert, update, delete on flyway_schema_history, currency from bank_query;
    revoke update, delete on audit_entry from bank_query;
end $$;
