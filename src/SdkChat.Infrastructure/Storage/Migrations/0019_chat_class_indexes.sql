-- migration: no transaction
-- Chats that had a trigger before 0018: each accepted trigger is one revision more than kickoff, result and end have. Five hundred at a time, each
-- batch in a transaction of its own. Any number of an old transaction will do: nothing is counted yet.
do $$
declare
  last uuid := '00000000-0000-0000-0000-000000000000';
  ids uuid[];
begin
  loop
    select array_agg(b.chat_id order by b.chat_id) into ids
    from (select c.chat_id from sdk_chat c where c.chat_id > last order by c.chat_id limit 500) b;
    exit when ids is null;
    last := ids[cardinality(ids)];
    update sdk_chat c
    set triggered_xid = '3'
    where c.chat_id = any (ids) and c.status = 'completed' and c.triggered_xid is null
      and c.revision > 1 + (c.ended_at is not null)::integer;
    commit;
  end loop;
end
$$;
-- next statement
drop index concurrently if exists sdk_chat_by_final_xid;
-- next statement
create index concurrently sdk_chat_by_final_xid on sdk_chat (final_xid)
  where final_xid is not null;
-- next statement
drop index concurrently if exists sdk_chat_by_triggered_xid;
-- next statement
create index concurrently sdk_chat_by_triggered_xid on sdk_chat (triggered_xid)
  where triggered_xid is not null;
-- next statement
-- The rows of a filtered page. Completed chats without a trigger are most of all, and are found in the list's own index; chats in progress are
-- few, and have one index for all lists. So a kickoff writes one index more, and a completion none.
drop index concurrently if exists sdk_chat_in_progress;
-- next statement
create index concurrently sdk_chat_in_progress on sdk_chat (created_at desc, chat_id desc)
  where status = 'in_progress';
-- next statement
drop index concurrently if exists sdk_chat_by_tenant_class;
-- next statement
create index concurrently sdk_chat_by_tenant_class on sdk_chat (tenant_id, chat_class(status, triggered_xid), created_at desc, chat_id desc)
  where chat_class(status, triggered_xid) > 2;
-- next statement
drop index concurrently if exists sdk_chat_by_profile_class;
-- next statement
create index concurrently sdk_chat_by_profile_class on sdk_chat (profile_id, chat_class(status, triggered_xid), created_at desc, chat_id desc)
  where chat_class(status, triggered_xid) > 2;
-- next statement
drop index concurrently if exists sdk_chat_by_class;
-- next statement
create index concurrently sdk_chat_by_class on sdk_chat (chat_class(status, triggered_xid), created_at desc, chat_id desc)
  where chat_class(status, triggered_xid) > 2;
