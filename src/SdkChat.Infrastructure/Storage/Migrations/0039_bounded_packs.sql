-- migration: no transaction
-- Functions with the privileges of the owner find their tables in the schema where these are.

-- The functions with the privileges of the owner find tables where they are themselves, and temporary tables, which the caller may have made,
-- last.
do $$
declare
  owned record;
begin
  for owned in
    select p.oid::regprocedure as name, n.nspname as home
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where p.pronamespace = (select c.relnamespace from pg_class c where c.oid = 'schemaversions'::regclass)
      and p.proname in ('audit_append', 'audit_forget', 'chat_slot_changed', 'chat_text_changed')
  loop
    execute format('alter function %s set search_path = pg_catalog, %I, pg_temp', owned.name, owned.home);
  end loop;
end
$$;
