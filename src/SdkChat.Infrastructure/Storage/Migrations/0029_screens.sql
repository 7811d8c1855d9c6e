-- Screens that a tenant's admin signs in with a link (docs/decisions/0044). Neither links nor tokens are stored, only their SHA-256 hashes.
create table screen (
  screen_id    uuid primary key,
  tenant_id    uuid not null references tenant,
  name         text not null,
  -- Of the code in the link; null once the link was used.
  link_hash    bytea unique check (octet_length(link_hash) = 32),
  link_until   timestamptz(3) not null,
  -- Of the token in the screen's cookie; null until the link is used.
  token_hash   bytea unique check (octet_length(token_hash) = 32),
  created_at   timestamptz(3) not null,
  -- The admin who made the link.
  created_by   text,
  activated_at timestamptz(3),
  revoked_at   timestamptz(3),
  constraint activated_has_token check ((activated_at is null) = (token_hash is null))
);

create index screen_by_tenant on screen (tenant_id, created_at, screen_id);

-- Nodes keep signed-in screens in memory, as they do tenants and keys (docs/decisions/0006). They keep no screen that they did not find, so
-- links that are made, used or withdrawn must not make every node read the directory again.
create trigger screen_revoked after update on screen for each row
  when (old.activated_at is not null and old.revoked_at is null and new.revoked_at is not null)
  execute function bump_directory_revision();
create trigger screen_deleted after delete on screen for each row
  when (old.activated_at is not null and old.revoked_at is null)
  execute function bump_directory_revision();
create trigger screen_truncated after truncate on screen for each statement execute function bump_directory_revision();
