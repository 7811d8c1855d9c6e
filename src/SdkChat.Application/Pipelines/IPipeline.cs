using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Pipelines;

/// <summary>
/// The service that writes recommendations. Late, wrong or missing responses are not exceptions but values of <see cref="RunReport"/>. Both
/// calls end within the adapter's own time-outs.
/// </summary>
public interface IPipeline
{
    /// <summary>
    /// Starts a run. Starting the same run again changes nothing, so a caller that does not know the outcome may repeat the call.
    /// </summary>
    /// <returns>
    /// <see cref="RunReport.Running"/> if the pipeline has accepted it, <see cref="RunReport.Failed"/> if it refuses it permanently, or
    /// <see cref="RunReport.NoAnswer"/>.
    /// </returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<RunReport> StartAsync(RunRequest request, CancellationToken cancellationToken);

    /// <summary>Returns the state of a run.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<RunReport> AskAsync(RunTicket ticket, CancellationToken cancellationToken);
}

/// <summary>The data that the pipeline needs to start a run.</summary>
/// <param name="ProfileData">The profile's document, a JSON object.</param>
public sealed record RunRequest(RunTicket Ticket, TenantCode Tenant, ProfileId Profile, RawJson ProfileData);

/// <summary>Identifies a run. Any node can create the ticket from the stored row.</summary>
/// <param name="Run">The id of the chat, which is also that of the run.</param>
/// <param name="KickedOffAt">The instant of the kickoff.</param>
/// <param name="Locale">The locale in the profile, such as <c>ja</c>; null if it has none.</param>
/// <param name="Prompt">The shopper's question.</param>
public sealed record RunTicket(ChatId Run, DateTimeOffset KickedOffAt, string? Locale, string Prompt);
