-- migration: no transaction
-- The audit trail by its place in a list, by tenant and by subject.
create index concurrently if not exists audit_entry_by_place on audit_entry (at desc, audit_id desc);

create index concurrently if not exists audit_entry_by_tenant on audit_entry (tenant_id, at desc, audit_id desc);

create index concurrently if not exists audit_entry_by_subject on audit_entry (subject, at desc, audit_id desc);

create index concurrently if not exists audit_entry_of_all_tenants on audit_entry (at desc, audit_id desc) where tenant_id is null and is_tenant_data;
