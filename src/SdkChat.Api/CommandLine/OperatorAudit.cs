using SdkChat.Application.Auditing;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.CommandLine;

/// <summary>Stores an audit entry for a command that changed who may call, before its result is printed.</summary>
internal static class OperatorAudit
{
    /// <param name="keyPrefix">The prefix of the SDK key that was created or revoked.</param>
    public static Task WriteAsync(
        IServiceProvider services, string action, TenantId tenant, string? keyPrefix, CancellationToken cancellationToken) =>
        services.GetRequiredService<IAuditStore>().StoreAsync(
            new AuditEntry(
                services.GetRequiredService<TimeProvider>().Now(), Environment.UserName, action, tenant, Target: null, Status: 0,
                RequestId: "")
            {
                Caller = AuditCaller.Operator,
                KeyPrefix = keyPrefix,
                IsWrite = true,
            },
            cancellationToken);
}
