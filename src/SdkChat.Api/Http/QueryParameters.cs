using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace SdkChat.Api.Http;

/// <summary>The query parameters of an action, by their names on the wire.</summary>
internal static class QueryParameters
{
    private static readonly ConcurrentDictionary<ActionDescriptor, string[]> Known = new();

    public static IReadOnlyList<string> Get(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ActionDescriptor>() is { } action ? Known.GetOrAdd(action, Names) : [];

    private static string[] Names(ActionDescriptor action) =>
    [
        .. from parameter in action.Parameters
           where parameter.BindingInfo?.BindingSource == BindingSource.Query
           from name in IsScalar(parameter.ParameterType)
               ? [parameter.BindingInfo?.BinderModelName ?? parameter.Name]
               : parameter.ParameterType.GetProperties().Where(member => member.CanWrite).Select(member => member.Name)
           select JsonNamingPolicy.SnakeCaseLower.ConvertName(name),
    ];

    private static bool IsScalar(Type type) => type == typeof(string) || (Nullable.GetUnderlyingType(type) ?? type).IsValueType;
}
