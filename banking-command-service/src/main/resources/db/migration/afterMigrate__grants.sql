-- What the service may do where another role owns the tables: its work, and to the journal nothing
-- but read it and add to it. Without that role, as in the local bank, there is nothing to grant.
do $$
begin
    if not exists (select from pg_roles where rolname = 'bank_command') then
        return;
    end if;
    revoke all on all tables in schema public from bank_command;
    grant usage on schema public to bank_command;
    grant select on all tables in schema public to bank_command;
    grant insert on event, processed_command, skipped_matter to bank_command;
    grant insert, update on stream, policy_sweep, teller_day, customer_key to bank_command;
    grant insert on audit_entry, given_command to bank_command;
    grant insert, delete on claim, recovered_stream to bank_command;
    -- The relay vacuums it after so many rows; the server's own looks come too late.
    grant insert, delete, maintain on outbox to bank_command;
    grant update on outbox_shard, sealing to bank_command;
    grant insert on seal to bank_command;
    grant insert, update on sealed_source to bank_command;
    grant insert, update, delete on refused_stream, parked_matter, log_mark to bank_command;
    grant insert, update, delete on verification, finding to bank_command;
end $$;
