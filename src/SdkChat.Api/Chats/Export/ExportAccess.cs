using SdkChat.Api.Authentication;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Chats.Export;

/// <summary>Whether the caller of a running export would still be let in: an export takes long, and ends when a stream of the same caller would.</summary>
internal sealed class ExportAccess(TenantAccess access, TimeProvider clock)
{
    /// <returns>Null while the caller may go on.</returns>
    /// <exception cref="UnavailableException">The tenant or its blocks are not in memory, and storage cannot answer now.</exception>
    public async ValueTask<ErrorCode?> GetRefusalAsync(HttpContext http)
    {
        if (http.Features.Get<Credential>() is not { } credential || credential.AcceptedUntil <= clock.GetUtcNow())
            return ErrorCode.Unauthenticated;
        return (await access.DecideAsync(http, credential)).Refusal;
    }
}
