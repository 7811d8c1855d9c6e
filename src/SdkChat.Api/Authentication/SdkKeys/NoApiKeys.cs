using SdkChat.Application.Tenants;

namespace SdkChat.Api.Authentication.SdkKeys;

/// <summary>Stands in until storage implements <see cref="IApiKeyDirectory"/>, and then gives way to it: no key is good.</summary>
internal sealed class NoApiKeys : IApiKeyDirectory
{
    public ValueTask<ApiKey?> FindAsync(string presentedKey, CancellationToken cancellationToken) => ValueTask.FromResult<ApiKey?>(null);
}
