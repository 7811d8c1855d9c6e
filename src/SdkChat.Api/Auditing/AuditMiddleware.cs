using SdkChat.Api.Authentication;
using SdkChat.Api.Http.Binding;
using SdkChat.Application.Auditing;
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
    public static void AuditTenant(this HttpContext context, TenantId tenant) => context.Features.Set(new AuditedTenant(tenant));

    private static Task Append(HttpContext context, string action, TenantId? tenant, Guid? target)
    {
        context.RequestServices.GetRequiredService<IAuditTrail>().Append(new AuditEntry(
            context.RequestServices.GetRequiredService<TimeProvider>().Now(),
            context.GetSubject(),
            action,
            context.Features.Get<AuditedTenant>()?.Tenant ?? tenant,
            target,
            context.Response.StatusCode,
            context.TraceIdentifier));
        return Task.CompletedTask;
    }

    private static Guid? IdOf(HttpContext context, string parameter) =>
        ScalarText.TryParseUuid(context.GetRouteValue(parameter) as string ?? context.Request.Query[parameter].ToString(), out var id) ? id : null;

    private sealed record AuditedTenant(TenantId Tenant);
}
