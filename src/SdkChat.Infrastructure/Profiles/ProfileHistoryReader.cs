using SdkChat.Application.Profiles;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Profiles;

/// <inheritdoc cref="IProfileHistory"/>
internal sealed class ProfileHistoryReader(Database database, DocumentGate gate) : IProfileHistory, ICrossTenantProfileHistory
{
    private const int MaxStampBytes = 1 << 20;

    public Task<ProfileHistory?> FindAsync(TenantId tenant, ProfileId profile, CancellationToken cancellationToken) =>
        FindAsync(ProfileHistorySql.Find, new { tenant = tenant.Value, profile = profile.Value }, profile, cancellationToken);

    public Task<ProfileHistory?> FindAsync(ProfileId profile, CancellationToken cancellationToken) =>
        FindAsync(ProfileHistorySql.CrossTenantFind, new { profile = profile.Value }, profile, cancellationToken);

    private async Task<ProfileHistory?> FindAsync(string sql, object parameters, ProfileId profile, CancellationToken cancellationToken)
    {
        var row = await database.QuerySingleOrDefaultAsync<ProfileRow>(sql, parameters, cancellationToken);
        if (row is null)
            return null;

        var tenant = new TenantId(row.TenantId);
        return await gate.RunAsync(
            tenant,
            async () => row.ToHistory(profile, await FindSessionsAsync(tenant, profile, cancellationToken)) with
            {
                Data = await FindDocumentAsync(tenant, profile, cancellationToken),
            },
            cancellationToken);
    }

    private Task<IReadOnlyList<ProfileSessionRow>> FindSessionsAsync(
        TenantId tenant, ProfileId profile, CancellationToken cancellationToken) =>
        database.QueryAsync<ProfileSessionRow>(
            ProfileHistorySql.Sessions,
            new
            {
                tenant = tenant.Value, profile = profile.Value, maxSessions = IProfileHistory.MaxSessions,
                maxOmitted = IProfileHistory.MaxOmittedSessions, maxStamps = IProfileHistory.MaxStamps, maxBytes = MaxStampBytes,
            },
            cancellationToken);

    /// <summary>Nothing for a deleted profile: the app had it deleted.</summary>
    private async Task<RawJson?> FindDocumentAsync(TenantId tenant, ProfileId profile, CancellationToken cancellationToken)
    {
        var text = await database.QuerySingleOrDefaultAsync<string>(
            ProfileSql.Find, new { tenant = tenant.Value, profile = profile.Value }, cancellationToken);
        return text is null ? null : RawJson.FromText(text);
    }

    private sealed class ProfileRow
    {
        public Guid TenantId { get; init; }

        public DateTime CreatedAt { get; init; }

        public DateTime UpdatedAt { get; init; }

        public DateTime? DeletedAt { get; init; }

        public string? Name { get; init; }

        public string? Gender { get; init; }

        public string? Age { get; init; }

        public string? Locale { get; init; }

        public DateTime? FirstChatAt { get; init; }

        public DateTime? LastChatAt { get; init; }

        public ProfileHistory ToHistory(ProfileId profile, IReadOnlyList<ProfileSessionRow> sessions) =>
            new(new TenantId(TenantId), profile, ProfileSummaryReader.Read(Name, Gender, Age, Locale))
            {
                CreatedAt = CreatedAt,
                UpdatedAt = UpdatedAt,
                DeletedAt = DeletedAt,
                FirstSeenAt = FirstChatAt < CreatedAt ? FirstChatAt.Value : CreatedAt,
                LastSeenAt = new[] { CreatedAt, LastChatAt ?? CreatedAt }.Concat(sessions.Select(row => row.LastAt)).Max(),
                Sessions = ProfileSessionRow.ToSessions(profile, sessions),
                OmittedSessions = sessions.Count == 0 ? 0 : sessions[0].OmittedSessions,
                OmittedStamps = sessions.Count == 0 ? 0 : sessions[0].OmittedStamps,
            };
    }
}
