-- migration: no transaction
-- Fills the summary (0013) of the profiles that were there before its trigger (0016), five hundred at a time, each batch in a transaction of
-- its own, so that whoever writes one of them waits for a moment. What is right already is not written, so it can be run again after a failure.
do $$
declare
  last uuid := '00000000-0000-0000-0000-000000000000';
  ids uuid[];
begin
  loop
    select array_agg(b.profile_id order by b.profile_id) into ids
    from (select p.profile_id from sdk_profile p where p.profile_id > last order by p.profile_id limit 500) b;
    exit when ids is null;
    last := ids[cardinality(ids)];
    -- The trigger does the work.
    update sdk_profile p
    set data = p.data
    where p.profile_id = any (ids)
      and (p.summary_name is null and jsonb_typeof(p.data -> 'name') = 'string'
        or p.summary_gender is null and jsonb_typeof(p.data -> 'gender') = 'string'
        or p.summary_age is null and jsonb_typeof(p.data -> 'age') in ('number', 'string') and length(p.data ->> 'age') <= 20
        or p.summary_locale is null and jsonb_typeof(p.data -> 'locale') = 'string');
    commit;
  end loop;
end
$$;
