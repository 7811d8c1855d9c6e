-- What it takes to forget: a record that a person was erased, and the indexes by which old rows are found
-- (docs/decisions/0023).

-- That an erasure happened. No personal data: whoever ordered it keeps the number, the record tells nobody whose it was.
create table erasure (
  erasure_id uuid primary key,
  tenant_id  uuid not null references tenant,
  at         timestamptz(3) not null,
  chats      integer not null,
  sessions   integer not null
);

-- For the foreign key, when a profile goes, and for sessions that ended long ago.
create index profile_session_by_profile on profile_session (tenant_id, profile_id);
create index profile_session_by_end on profile_session (ended_at) where ended_at is not null;
create index sdk_profile_deleted on sdk_profile (deleted_at) where deleted_at is not null;
