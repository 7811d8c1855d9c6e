using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http.Binding;
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
            var target = audited.Target is { } parameter ? IdOf(context, parameter) : null;
            var tenant = IdOf(context, "tenant_id") is { } named ? new TenantId(named) : (TenantId?)null;
            context.Response.OnStarting(() => Append(context, audited.Action, tenant, target));
        }

        return next(context);
    });

    /// <summary>Says whose data the answer is about, where the call itself does not.</summary>
    /// <param name="isDone">Whether the call has changed something by now: it has then succeeded, also where the caller does not wait for the answer.</param>
    public static void AuditTenant(this HttpContext context, TenantId tenant, bool isDone = false) => context.Features.Set(new AuditedTenant(tenant, isDone));

    private static async Task Append(HttpContext context, string action, TenantId? tenant, Guid? target)
    {
        var scheme = SchemeOf(context);
        var isVerified = await IsVerifiedAsync(context, scheme);
        var about = context.Features.Get<AuditedTenant>();
        var isLeftBehind = context.Response.StatusCode == StatusCodes.Status499ClientClosedRequest && about is { IsDone: true };
        context.RequestServices.GetRequiredService<IAuditTrail>().Append(new AuditEntry(
            context.RequestServices.GetRequiredService<TimeProvider>().Now(),
            context.GetSubject(),
            action,
            about?.Tenant ?? tenant ?? context.Features.Get<Credential>()?.Tenant,
            target,
            isLeftBehind ? StatusCodes.Status200OK : context.Response.StatusCode,
            context.TraceIdentifier)
        {
            // A tenant's users change what is their own. What they are refused changes nothing, and stored it would let any of them fill the table.
            IsVerified = isVerified && (scheme == Schemes.Backoffice || !IsRefused(context, isLeftBehind)),
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

    private static bool IsRefused(HttpContext context, bool isLeftBehind) => !isLeftBehind && context.Response.StatusCode is >= 400 and < 500;

    private static string SchemeOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy == Policies.TenantAdmin ? Schemes.Tenant : Schemes.Backoffice;

    private static Guid? IdOf(HttpContext context, string parameter) =>
        ScalarText.TryParseUuid(context.GetRouteValue(parameter) as string ?? context.Request.Query[parameter].ToString(), out var id) ? id : null;

    private sealed record AuditedTenant(TenantId Tenant, bool IsDone);
}
