-- What one aggregate at the most may have, such as an e-mail address.
create table claim (
    kind      text not null,
    value     text not null,
    stream_id uuid not null,
    constraint claim_is_taken primary key (kind, value)
);

-- When the stream is to be given a command by itself; null for nearly all.
alter table stream add due_at timestamptz;
create index stream_by_due_time on stream (due_at) where due_at is not null;

-- The form of an account's state has changed: an empty one is made again from the events.
update stream set state = '' where type = 'account';
