-- What people call a key, so that they can tell the keys of a list apart. Keys of before have none.
alter table api_key add column name text;

-- Tenants change keys by themselves from now on. A statement that changes no row, such as one that revokes a key of another tenant, must
-- not make every node read the directory again. The triggers of 0001 moved the revision for those as well.
create function bump_directory_revision_for_rows() returns trigger language plpgsql as $$
begin
  if exists (select from changed_rows) then
    update directory_revision set revision = revision + 1;
  end if;
  return null;
end
$$;

drop trigger tenant_changed on tenant;
create trigger tenant_inserted after insert on tenant
  referencing new table as changed_rows for each statement execute function bump_directory_revision_for_rows();
create trigger tenant_updated after update on tenant
  referencing new table as changed_rows for each statement execute function bump_directory_revision_for_rows();
create trigger tenant_deleted after delete on tenant
  referencing old table as changed_rows for each statement execute function bump_directory_revision_for_rows();
create trigger tenant_truncated after truncate on tenant for each statement execute function bump_directory_revision();

drop trigger api_key_changed on api_key;
create trigger api_key_inserted after insert on api_key
  referencing new table as changed_rows for each statement execute function bump_directory_revision_for_rows();
create trigger api_key_updated after update on api_key
  referencing new table as changed_rows for each statement execute function bump_directory_revision_for_rows();
create trigger api_key_deleted after delete on api_key
  referencing old table as changed_rows for each statement execute function bump_directory_revision_for_rows();
create trigger api_key_truncated after truncate on api_key for each statement execute function bump_directory_revision();
