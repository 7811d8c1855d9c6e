-- Users of tenants whose calls are refused although their tokens are good (contract, section 8.6). A user has one block at most.
create table subject_block (
  block_id   uuid primary key,
  tenant_id  uuid not null references tenant,
  -- As the service reads it from a token.
  subject    text not null,
  until      timestamptz(3) not null,
  reason     text not null,
  created_at timestamptz(3) not null,
  -- The super admin who set it last.
  created_by text,
  unique (tenant_id, subject)
);

create index subject_block_by_creation on subject_block (created_at, block_id);
create index subject_block_by_end on subject_block (until);

-- Nodes keep blocks in memory, as they do tenants and keys (docs/decisions/0006).
create trigger subject_block_inserted after insert on subject_block
  referencing new table as changed_rows for each statement execute function bump_directory_revision_for_rows();
create trigger subject_block_updated after update on subject_block
  referencing new table as changed_rows for each statement execute function bump_directory_revision_for_rows();
create trigger subject_block_deleted after delete on subject_block
  referencing old table as changed_rows for each statement execute function bump_directory_revision_for_rows();
create trigger subject_block_truncated after truncate on subject_block for each statement execute function bump_directory_revision();
