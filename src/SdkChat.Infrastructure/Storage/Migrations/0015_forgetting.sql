-- Erasure finds the answers that are kept for retries by the profile too: the chat of such an answer may have left by
-- retention. Null for answers that earlier versions stored; they expire within Idempotency:KeepHours.
alter table idempotency_key add column profile_id uuid;

-- Sessions that were opened while their profile was being deleted.
update profile_session s
set ended_at = greatest(p.deleted_at, s.started_at)
from sdk_profile p
where p.tenant_id = s.tenant_id and p.profile_id = s.profile_id and p.deleted_at is not null and s.ended_at is null;
