using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Pipelines;

/// <summary>The data that the pipeline needs to start a run.</summary>
/// <param name="ProfileData">The profile's document, a JSON object.</param>
public sealed record RunRequest(RunTicket Ticket, TenantCode Tenant, ProfileId Profile, RawJson ProfileData);
