using SdkChat.Api.Http;
using SdkChat.Api.Http.Binding;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Auditing;

/// <summary>The values of a request for its audit entry, read before any handler runs.</summary>
/// <param name="IsTenantData">Whether the call is about chats or streams, which are tenant data.</param>
/// <param name="Page">The page that the call reads, identified by the parameters of its action.</param>
internal sealed record AuditedCall(
    string Action, TenantId? Tenant, Guid? Target, string? TargetKind, bool IsWrite, bool IsTenantData, string Page)
{
    private static readonly PathString TenantData = "/api/v1/admin/sdk-chat";

    public static AuditedCall Read(HttpContext context, AuditedAttribute audited)
    {
        var target = audited.Target is { } parameter ? IdOf(context, parameter) : null;
        return new AuditedCall(
            audited.Action,
            IdOf(context, "tenant_id") is { } tenant ? new TenantId(tenant) : null,
            target,
            target is null ? audited.TargetKind : audited.Target!.Replace("_id", "", StringComparison.Ordinal),
            IsWrite: !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method),
            context.Request.Path.StartsWithSegments(TenantData),
            PageOf(context));
    }

    private static string PageOf(HttpContext context) => string.Join(
        '&', QueryParameters.Get(context).Order(StringComparer.Ordinal).Select(name => $"{name}={context.Request.Query[name]}"));

    private static Guid? IdOf(HttpContext context, string parameter) =>
        ScalarText.TryParseUuid(context.GetRouteValue(parameter) as string ?? context.Request.Query[parameter].ToString(), out var id)
            ? id
            : null;
}
