using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Binding;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Time;
using SdkChat.Domain.Common;

namespace SdkChat.Api.OpenApi;

/// <summary>What schemas are called: clients' types are made from them. <c>ChatDetailResponse</c> is <c>ChatDetail</c> to everybody else.</summary>
internal static class SchemaNames
{
    private const string Suffix = "Response";

    /// <returns>Null for what is described where it is used.</returns>
    public static string? Get(JsonTypeInfo type)
    {
        // Raw JSON is an object here and a list there; the envelope says nothing that its content does not.
        var plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (plain == typeof(RawJson) || IsA(type.Type, typeof(ApiResponse<>)))
            return null;
        // Parameters of filters: FilterSchemas describes each where it is used.
        if (plain == typeof(ChatStatuses) || plain == typeof(BucketUnit) || plain == typeof(StatsGrouping) || plain == typeof(TenantIds) || plain == typeof(ExportFormat))
            return null;
        if (IsA(type.Type, typeof(PageResponse<>)))
            return WithoutSuffix(type.Type.GetGenericArguments()[0].Name) + "Page";
        return OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? WithoutSuffix(name) : null;
    }

    private static bool IsA(Type type, Type generic) => type.IsGenericType && type.GetGenericTypeDefinition() == generic;

    private static string WithoutSuffix(string name) => name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
}
