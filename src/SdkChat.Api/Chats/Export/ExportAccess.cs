using SdkChat.Api.Authentication;
using SdkChat.Api.Authentication.Keys;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Chats.Export;

/// <summary>
/// Checks whether the caller of a running export is still allowed. An export takes long, and ends under the same conditions as a stream of
/// the same caller.
/// </summary>
internal sealed class ExportAccess(TenantAccess access, IServiceProvider services, TimeProvider clock)
{
    /// <returns>Null while the caller is allowed.</returns>
    /// <exception cref="UnavailableException">The tenant or its blocks are not in the cache, and storage cannot answer now.</exception>
    public async ValueTask<ErrorCode?> GetRefusalAsync(HttpContext http)
    {
        if (http.Features.Get<Credential>() is not { } credential || credential.AcceptedUntil <= clock.GetUtcNow())
            return ErrorCode.Unauthenticated;
        if (credential.SignedBy is { } signer && services.GetRequiredKeyedService<SigningKeys>(credential.Scheme).IsWithdrawn(signer))
            return ErrorCode.Unauthenticated;
        return (await access.DecideAsync(http, credential)).Refusal;
    }
}
