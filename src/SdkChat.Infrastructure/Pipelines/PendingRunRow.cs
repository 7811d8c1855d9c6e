using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Infrastructure.Chats;

namespace SdkChat.Infrastructure.Pipelines;

/// <summary>One pending run with its chat, its tenant's code and its profile.</summary>
internal sealed class PendingRunRow : ChatDetailRow
{
    public DateTime? StartedAt { get; init; }

    public int Attempts { get; init; }

    public string TenantCode { get; init; } = "";

    public string ProfileData { get; init; } = "";

    public PendingRun ToRun()
    {
        var state = ToState(result: null);
        var ticket = new RunTicket(state.Id, state.CreatedAt, Locale);
        var tenant = Domain.Tenants.TenantCode.TryParse(TenantCode, out var code)
            ? code
            : throw new InvalidOperationException($"Tenant {TenantId} has no valid code.");
        return new PendingRun(
            Chat.Restore(state), StartedAt, Attempts,
            new RunRequest(ticket, tenant, state.Profile, RawJson.FromText(ProfileData), state.Prompt));
    }
}
