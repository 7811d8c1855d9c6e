-- Keeps the summary of a profile (0013) up to date, whoever writes the document: nodes of a build before 0013 know nothing of it.
--
-- A member that is missing or not of a fitting type is null. Types are checked before values are taken, so that no document
-- can make a statement fail. Only an age of a sane length is passed on.

alter table sdk_profile
  alter column summary_name drop expression if exists,
  alter column summary_gender drop expression if exists,
  alter column summary_age drop expression if exists,
  alter column summary_locale drop expression if exists;

create function summarize_profile() returns trigger language plpgsql as $$
begin
  new.summary_name := case when jsonb_typeof(new.data -> 'name') = 'string' then new.data ->> 'name' end;
  new.summary_gender := case when jsonb_typeof(new.data -> 'gender') = 'string' then new.data ->> 'gender' end;
  new.summary_age := case when jsonb_typeof(new.data -> 'age') in ('number', 'string') and length(new.data ->> 'age') <= 20 then new.data ->> 'age' end;
  new.summary_locale := case when jsonb_typeof(new.data -> 'locale') = 'string' then new.data ->> 'locale' end;
  return new;
end
$$;

create trigger profile_summarized before insert or update of data on sdk_profile
  for each row execute function summarize_profile();
