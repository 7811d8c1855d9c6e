-- Who may call: tenants, and the keys of their apps.

create table tenant (
  tenant_id  uuid primary key,
  code       text not null unique check (code ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' and code not in ('admin', 'api')),
  name       text not null,
  enabled    boolean not null default true,
  created_at timestamptz(3) not null default now()
);

create table api_key (
  api_key_id uuid primary key,
  tenant_id  uuid not null references tenant,
  -- What a key is looked up by: everything up to the first characters of its random part. Not a secret.
  prefix     text not null unique,
  -- SHA-256 of the whole key. The key itself is shown once and kept nowhere.
  key_hash   bytea not null check (octet_length(key_hash) = 32),
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3),
  revoked_at timestamptz(3)
);

create index api_key_by_tenant on api_key (tenant_id, created_at);

-- Apart from api_key, so that noting a key's use does not tell every node that the directory has changed.
create table api_key_use (
  api_key_id   uuid primary key references api_key on delete cascade,
  last_used_at timestamptz(3) not null
);

-- Nodes keep tenants and keys in memory and read this one row every second to learn that they must read them again.
-- Triggers keep it, not the program, so that a change made by hand takes effect as well.
create table directory_revision (
  singleton boolean primary key default true check (singleton),
  revision  bigint not null
);

insert into directory_revision (revision) values (0);

create function bump_directory_revision() returns trigger language plpgsql as $$
begin
  update directory_revision set revision = revision + 1;
  return null;
end
$$;

create trigger tenant_changed after insert or update or delete or truncate on tenant
  for each statement execute function bump_directory_revision();

create trigger api_key_changed after insert or update or delete or truncate on api_key
  for each statement execute function bump_directory_revision();
