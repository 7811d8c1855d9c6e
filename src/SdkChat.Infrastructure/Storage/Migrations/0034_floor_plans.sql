-- A tenant's own floor plan (docs/decisions/0048).
create table floor_plan (
  tenant_id  uuid primary key references tenant on delete cascade,
  -- Another one with each change.
  version    uuid not null,
  image_type text not null check (image_type in ('png', 'jpeg', 'webp')),
  width      integer not null check (width between 100 and 4096),
  height     integer not null check (height between 100 and 4096),
  image      bytea not null check (octet_length(image) between 1 and 1048576),
  updated_at timestamptz(3) not null,
  updated_by text
);

-- Images are compressed already.
alter table floor_plan alter column image set storage external;
