using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using SdkChat.Api.Authentication;
using SdkChat.Application.Auditing;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Auditing;

/// <summary>
/// Appends an audit entry for each call of an action with <see cref="AuditedAttribute"/>. It does so just before the first byte of the
/// response: every call with a response has its entry.
/// </summary>
internal static class AuditMiddleware
{
    /// <summary>After routing, which finds the action, and before all middleware that may refuse the call.</summary>
    public static IApplicationBuilder UseAuditing(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AuditedAttribute>() is { } audited)
        {
            // Read the values now: exception handlers reset them.
            var call = AuditedCall.Read(context, audited);
            context.Response.OnStarting(() => Append(context, call));
        }

        return next(context);
    });

    /// <summary>Sets the tenant whose data the response is about, if the call itself does not name it.</summary>
    /// <param name="isDone">
    /// Whether the call has already changed something. It then counts as successful even if the caller does not wait for the response.
    /// </param>
    /// <param name="keyPrefix">The prefix of the SDK key that the call created or revoked.</param>
    /// <param name="target">The object that the call created, if the call itself does not name it.</param>
    public static void AuditTenant(
        this HttpContext context, TenantId tenant, bool isDone = false, string? keyPrefix = null, Guid? target = null) =>
        context.Features.Set(new AuditedTenant(tenant, isDone, keyPrefix, target));

    private static async Task Append(HttpContext context, AuditedCall call)
    {
        var scheme = SchemeOf(context);
        var isVerified = await IsVerifiedAsync(context, scheme);
        var about = context.Features.Get<AuditedTenant>();
        var isLeftBehind = context.Response.StatusCode == StatusCodes.Status499ClientClosedRequest && about is { IsDone: true };
        var status = isLeftBehind ? StatusCodes.Status200OK : context.Response.StatusCode;
        context.RequestServices.GetRequiredService<IAuditTrail>().Append(new AuditEntry(
            context.RequestServices.GetRequiredService<TimeProvider>().Now(),
            context.GetSubject(),
            call.Action,
            about?.Tenant ?? call.Tenant ?? context.Features.Get<Credential>()?.Tenant,
            about?.Target ?? call.Target,
            status,
            context.TraceIdentifier)
        {
            // Refused calls of a tenant's users change nothing. If they were stored, any user could fill the table.
            IsVerified = isVerified && (scheme == Schemes.Backoffice || !IsRefused(status)),
            Caller = scheme == Schemes.Tenant ? AuditCaller.Tenant : AuditCaller.Backoffice,
            TargetKind = (about?.Target ?? call.Target) is null ? null : call.TargetKind,
            KeyPrefix = about?.KeyPrefix,
            IsWrite = call.IsWrite,
            IsTenantData = call.IsTenantData,
            Page = call.IsWrite || status >= StatusCodes.Status400BadRequest ? null : call.Page,
        });
    }

    /// <summary>
    /// A call that was refused before authentication, for example because of its Origin, may have a valid credential all the same.
    /// </summary>
    private static async ValueTask<bool> IsVerifiedAsync(HttpContext context, string scheme)
    {
        if (context.Features.Get<Credential>() is not null)
            return true;

        try
        {
            return (await context.AuthenticateAsync(scheme)).Succeeded;
        }
        catch (UnavailableException)
        {
            // The keys cannot be read, so the credential is not verified.
            return false;
        }
    }

    private static bool IsRefused(int status) =>
        status is >= StatusCodes.Status400BadRequest and < StatusCodes.Status500InternalServerError;

    private static string SchemeOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy == Policies.TenantAdmin ? Schemes.Tenant : Schemes.Backoffice;

    private sealed record AuditedTenant(TenantId Tenant, bool IsDone, string? KeyPrefix, Guid? Target);
}
