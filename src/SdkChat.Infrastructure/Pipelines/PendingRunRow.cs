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

    /// <summary>Null if the run has been started, or if the document is too large.</summary>
    public string? ProfileData { get; init; }

    public PendingRun ToRun()
    {
        var state = ToState(result: null);
        var ticket = new RunTicket(state.Id, state.CreatedAt, Locale, state.Prompt);
        return new PendingRun(
            Chat.Restore(state), StartedAt, Attempts, ticket, ProfileData is null ? null : ToRequest(ticket, state, ProfileData));
    }

    public PendingChat ToChat() => new(Chat.Restore(ToState(result: null)), Attempts);

    private RunRequest ToRequest(RunTicket ticket, ChatState state, string profile)
    {
        var tenant = Domain.Tenants.TenantCode.TryParse(TenantCode, out var code)
            ? code
            : throw new InvalidOperationException($"Tenant {TenantId} has no valid code.");
        return new RunRequest(ticket, tenant, state.Profile, RawJson.FromText(profile));
    }
}
