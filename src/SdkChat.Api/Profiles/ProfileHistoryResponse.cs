using System.Text.Json.Serialization;
using SdkChat.Api.Chats;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Common;

namespace SdkChat.Api.Profiles;

/// <summary>What is known of a shopper.</summary>
public sealed class ProfileHistoryResponse
{
    /// <summary>Only for the backoffice: the tenant that the shopper belongs to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? TenantId { get; init; }

    public required Guid ProfileId { get; init; }

    public required ProfileSummaryResponse ProfileSummary { get; init; }

    /// <summary>The profile's document; null if the profile is deleted, or if its document is too large to be sent.</summary>
    public required RawJson? Data { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the app deleted the profile; else null.</summary>
    public required DateTimeOffset? DeletedAt { get; init; }

    /// <summary>The creation of the profile, or the start of its oldest chat if that was earlier.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>The latest of: the creation of the profile, the start of its newest chat, what its sessions contain.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>The newest sessions, at most 50, newest first.</summary>
    public required IReadOnlyList<ProfileSessionResponse> Sessions { get; init; }

    /// <summary>Only if there are more sessions: the number of older ones, at most 10,000.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? OmittedSessions { get; init; }

    /// <summary>Only if the sessions have too many stamps for one response: the number of older ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? OmittedStamps { get; init; }

    internal static ProfileHistoryResponse From(ProfileHistory history, bool withTenant = false) => new()
    {
        TenantId = withTenant ? history.Tenant.Value : null,
        ProfileId = history.Profile.Value,
        ProfileSummary = new ProfileSummaryResponse
        {
            Name = history.Summary.Name, Gender = history.Summary.Gender, Age = history.Summary.Age, Locale = history.Summary.Locale,
        },
        Data = history.Data,
        CreatedAt = history.CreatedAt,
        UpdatedAt = history.UpdatedAt,
        DeletedAt = history.DeletedAt,
        FirstSeenAt = history.FirstSeenAt,
        LastSeenAt = history.LastSeenAt,
        Sessions = [.. history.Sessions.Select(ProfileSessionResponse.From)],
        OmittedSessions = history.OmittedSessions == 0 ? null : history.OmittedSessions,
        OmittedStamps = history.OmittedStamps == 0 ? null : history.OmittedStamps,
    };
}

/// <summary>One visit of the shopper.</summary>
/// <param name="EndedAt">Null while the session is active.</param>
/// <param name="Stamps">In the order in which they were set.</param>
public sealed record ProfileSessionResponse(
    Guid SessionId, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, IReadOnlyList<SessionStampResponse> Stamps)
{
    internal static ProfileSessionResponse From(ProfileSession session) => new(
        session.Session.Value, session.StartedAt, session.EndedAt,
        [.. session.Stamps.Select(stamp => new SessionStampResponse(stamp.Status, stamp.Meta, stamp.StampedAt))]);
}
