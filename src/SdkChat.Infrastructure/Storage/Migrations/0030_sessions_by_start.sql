-- migration: no transaction
-- A shopper's newest sessions without reading all of them. An index that an interrupted build left invalid is dropped first.
drop index concurrently if exists profile_session_by_start;
-- next statement
create index concurrently profile_session_by_start on profile_session (tenant_id, profile_id, started_at desc, session_id desc);
-- next statement
-- Its columns are the first two of the new one.
drop index concurrently if exists profile_session_by_profile;
