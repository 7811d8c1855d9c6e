using SdkChat.Application.Profiles;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;

namespace SdkChat.Infrastructure.Profiles;

/// <summary>One row of <see cref="ProfileHistorySql.Sessions"/>: a stamp with its session, or a session without a stamp.</summary>
internal sealed class ProfileSessionRow
{
    public Guid SessionId { get; init; }

    public DateTime StartedAt { get; init; }

    public DateTime? EndedAt { get; init; }

    public string? Status { get; init; }

    public byte[]? Meta { get; init; }

    public DateTime? StampedAt { get; init; }

    public long OmittedSessions { get; init; }

    public long OmittedStamps { get; init; }

    /// <summary>The last instant that is known of the session.</summary>
    public DateTime LastAt => EndedAt ?? StampedAt ?? StartedAt;

    public static IReadOnlyList<ProfileSession> ToSessions(ProfileId profile, IEnumerable<ProfileSessionRow> rows) =>
    [
        .. from row in rows
           group row by row.SessionId into session
           let first = session.First()
           select new ProfileSession(new ProfileSessionId(session.Key), profile, first.StartedAt, first.EndedAt)
           {
               Stamps = [.. session.Where(row => row.Status is not null).Select(row => row.ToStamp())],
           },
    ];

    private SessionStamp ToStamp() => new(Status!, Meta is null ? null : new RawJson(Meta), StampedAt!.Value);
}
