namespace SdkChat.Infrastructure.Profiles;

/// <summary>Reads a shopper for admins: also a deleted profile, whose summary stays in the history until it is erased.</summary>
internal static class ProfileHistorySql
{
    /// <summary>The profile of one tenant.</summary>
    public const string Find = $"{Profile} where p.tenant_id = @tenant and p.profile_id = @profile";

    /// <summary>The profile of any tenant, for the backoffice.</summary>
    public const string CrossTenantFind = $"{Profile} where p.profile_id = @profile";

    /// <summary>The oldest and the newest chat are the ends of the index of the profile's list.</summary>
    private const string Profile =
        $"""
        select p.tenant_id, p.created_at, p.updated_at, p.deleted_at, {ProfileSummaryReader.Columns},
          (select c.created_at from sdk_chat c where c.tenant_id = p.tenant_id and c.profile_id = p.profile_id
            order by c.created_at, c.chat_id limit 1) as first_chat_at,
          (select c.created_at from sdk_chat c where c.tenant_id = p.tenant_id and c.profile_id = p.profile_id
            order by c.created_at desc, c.chat_id desc limit 1) as last_chat_at
        from sdk_profile p
        """;

    /// <summary>
    /// The newest sessions, and of their stamps the newest with at most <c>@maxBytes</c> of objects. One row per stamp, and one for a
    /// session without. Of the sessions that are left out, at most <c>@maxOmitted</c> are counted; the
    /// order makes the planner read no others.
    /// </summary>
    public const string Sessions =
        """
        with visit as (
          select session_id, started_at, ended_at
          from profile_session
          where tenant_id = @tenant and profile_id = @profile
          order by started_at desc, session_id desc
          limit @maxSessions
        ), omitted as (
          select session_id
          from profile_session
          where tenant_id = @tenant and profile_id = @profile
          order by started_at desc, session_id desc
          offset @maxSessions limit @maxOmitted
        ), measured as (
          select s.session_id, s.number, s.status, s.meta, s.stamped_at, row_number() over newest_first as position,
            sum(coalesce(octet_length(s.meta), 0)) over newest_first as bytes
          from visit
          join session_stamp s on s.tenant_id = @tenant and s.session_id = visit.session_id
          window newest_first as (order by visit.started_at desc, s.session_id desc, s.number desc)
        ), stamp as (
          select session_id, number, status, meta, stamped_at from measured where position <= @maxStamps and bytes <= @maxBytes
        )
        select visit.session_id, visit.started_at, visit.ended_at, stamp.status, stamp.meta, stamp.stamped_at,
          (select count(*) from omitted) as omitted_sessions,
          (select count(*) from measured) - (select count(*) from stamp) as omitted_stamps
        from visit
        left join stamp on stamp.session_id = visit.session_id
        order by visit.started_at desc, visit.session_id desc, stamp.number
        """;
}
