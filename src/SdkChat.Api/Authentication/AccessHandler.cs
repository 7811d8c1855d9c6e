using Microsoft.AspNetCore.Authorization;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Authentication;

/// <summary>Authorizes a verified credential by <see cref="TenantAccess"/>.</summary>
internal sealed class AccessHandler(TenantAccess access) : AuthorizationHandler<AccessRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        // Without a credential of this scheme there is no decision, and the response is a challenge.
        if (context.Resource is not HttpContext http
            || http.Features.Get<Credential>() is not { } credential
            || credential.Scheme != requirement.Scheme)
            return;

        if (await RefusalAsync(http, credential) is { } code)
            context.Fail(new AccessRefusal(this, code));
        else
            context.Succeed(requirement);
    }

    private async ValueTask<ErrorCode?> RefusalAsync(HttpContext http, Credential credential)
    {
        try
        {
            var (refusal, tenant) = await access.DecideAsync(http, credential);
            if (tenant is not null)
                http.SetTenant(tenant);
            return refusal;
        }
        catch (UnavailableException) when (http.GetEndpoint()?.Metadata.GetMetadata<AnswersWithoutTenantAttribute>() is not null)
        {
            return null;
        }
    }
}
