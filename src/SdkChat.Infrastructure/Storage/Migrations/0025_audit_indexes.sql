-- migration: no transaction
-- The audit trail by its place in a list, by tenant and by subject. An index that an interrupted build left invalid is dropped first.
drop index concurrently if exists audit_entry_by_place;
-- next statement
create index concurrently audit_entry_by_place on audit_entry (at desc, audit_id desc);
-- next statement
drop index concurrently if exists audit_entry_by_tenant;
-- next statement
create index concurrently audit_entry_by_tenant on audit_entry (tenant_id, at desc, audit_id desc);
-- next statement
drop index concurrently if exists audit_entry_by_subject;
-- next statement
create index concurrently audit_entry_by_subject on audit_entry (subject, at desc, audit_id desc);
-- next statement
drop index concurrently if exists audit_entry_of_all_tenants;
-- next statement
create index concurrently audit_entry_of_all_tenants on audit_entry (at desc, audit_id desc) where tenant_id is null and is_tenant_data;
