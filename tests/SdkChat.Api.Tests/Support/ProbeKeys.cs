using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Tests.Support;

/// <summary>A directory of two keys. How keys are stored and found is tested where that is written.</summary>
internal sealed class ProbeKeys(Guid demo, Guid disabled) : IApiKeyCache
{
    public const string Demo = "osk_demo_0123456789abcdef";
    public const string Disabled = "osk_disabled_0123456789abcdef";

    public ValueTask<ApiKey?> FindAsync(string presentedKey, CancellationToken cancellationToken) =>
        ValueTask.FromResult(presentedKey switch
        {
            Demo => new ApiKey(new TenantId(demo), "osk_demo_01234567", DateTimeOffset.UnixEpoch, null),
            Disabled => new ApiKey(new TenantId(disabled), "osk_disabled_01234567", DateTimeOffset.UnixEpoch, null),
            _ => null,
        });

    public ValueTask<ApiKey?> FindInAnyStateAsync(string presentedKey, CancellationToken cancellationToken) =>
        FindAsync(presentedKey, cancellationToken);
}
