-- What happens once in the whole bank stays claimed for good: a transfer ends by the credit of its
-- target or by the refund of its source. Those that have ended by now have ended for good too.
insert into claim (kind, value, stream_id)
select 'transfer-end', payload::json ->> 'transferId', stream_id from event
where type in ('TransferReceived', 'TransferRefunded')
on conflict do nothing;

-- Tells whether a state is as the pipeline wrote it. One without a seal is made again from the
-- events when it is next read.
alter table stream add seal bytea;

-- What a policy's command has led to is found by the command's id: it takes effect once, however
-- long ago that was.
create index event_by_command_of_policy on event (command_id) where actor like 'policy:%';

-- What a policy could not react to at once: a run of a stream's events about one matter. What was
-- parked by stream before is found again by looking through the journal.
drop table parked_stream;
create table parked_matter (
    policy    text        not null,
    stream_id uuid        not null,
    matter    uuid        not null,
    since     bigint      not null,
    until     bigint      not null,
    reason    text        not null,
    attempts  integer     not null,
    parked_at timestamptz not null,
    -- When it is tried again; null where that is for an operator to say.
    retry_at  timestamptz,
    constraint matter_is_parked primary key (policy, stream_id, matter)
);
create index parked_matter_by_retry on parked_matter (policy, retry_at) where retry_at is not null;

-- What an operator has decided not to react to, and why.
create table skipped_matter (
    id         bigint      generated always as identity,
    policy     text        not null,
    stream_id  uuid        not null,
    matter     uuid        not null,
    since      bigint      not null,
    until      bigint      not null,
    reason     text        not null,
    because    text        not null,
    skipped_by text        not null,
    skipped_at timestamptz not null,
    constraint matter_is_skipped primary key (policy, stream_id, matter, id)
);

-- Up to when the journal was looked through for events that no reaction has followed.
create table policy_sweep (
    policy      text        not null,
    swept_until timestamptz not null,
    leased_until timestamptz not null,
    constraint policy_sweeps primary key (policy)
);
create index event_by_time_for_policies on event (occurred_at, stream_id, version)
    where type in ('TransferRequested', 'CustomerRegistered', 'CustomerEmailChanged', 'TaskAssigned');
