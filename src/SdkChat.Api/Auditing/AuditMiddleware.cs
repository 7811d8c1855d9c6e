using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using SdkChat.Api.Authentication;
using SdkChat.Application.Auditing;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Auditing;

/// <summary>
/// Leaves an audit entry for each call of an action that is <see cref="AuditedAttribute">audited</see>. Just before the answer's
/// first byte: whoever has got an answer is in the trail.
/// </summary>
internal static class AuditMiddleware
{
    /// <summary>Comes after routing, which knows the action, and before whoever may refuse the call.</summary>
    public static IApplicationBuilder UseAuditing(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AuditedAttribute>() is { } audited)
        {
            // Read now: who handles a failure takes them away.
            var call = AuditedCall.Read(context, audited);
            context.Response.OnStarting(() => Append(context, call));
        }

        return next(context);
    });

    /// <summary>Says whose data the answer is about, where the call itself does not.</summary>
    /// <param name="isDone">Whether the call has changed something by now: it has then succeeded, also where the caller does not wait for the answer.</param>
    /// <param name="keyPrefix">The beginning of the SDK key that the call made or revoked.</param>
    /// <param name="target">What the call made, where the call itself does not name it.</param>
    public static void AuditTenant(this HttpContext context, TenantId tenant, bool isDone = false, string? keyPrefix = null, Guid? target = null) =>
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
            // A tenant's users change what is their own. What they are refused changes nothing, and stored it would let any of them fill the table.
            IsVerified = isVerified && (scheme == Schemes.Backoffice || !IsRefused(status)),
            Caller = scheme == Schemes.Tenant ? AuditCaller.Tenant : AuditCaller.Backoffice,
            TargetKind = (about?.Target ?? call.Target) is null ? null : call.TargetKind,
            KeyPrefix = about?.KeyPrefix,
            IsWrite = call.IsWrite,
            IsTenantData = call.IsTenantData,
            Page = call.IsWrite || status >= StatusCodes.Status400BadRequest ? null : call.Page,
        });
    }

    /// <summary>A call that was refused before anything looked at its credential, such as a foreign page's, may have brought a good one all the same.</summary>
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
            // The keys cannot be read: nothing is verified.
            return false;
        }
    }

    private static bool IsRefused(int status) => status is >= StatusCodes.Status400BadRequest and < StatusCodes.Status500InternalServerError;

    private static string SchemeOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy == Policies.TenantAdmin ? Schemes.Tenant : Schemes.Backoffice;

    private sealed record AuditedTenant(TenantId Tenant, bool IsDone, string? KeyPrefix, Guid? Target);
}
