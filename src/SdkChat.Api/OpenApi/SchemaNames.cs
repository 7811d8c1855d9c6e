using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Binding;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Time;
using SdkChat.Domain.Common;

namespace SdkChat.Api.OpenApi;

/// <summary>The names of schemas, from which clients generate types. <c>ChatDetailResponse</c> becomes <c>ChatDetail</c>.</summary>
internal static class SchemaNames
{
    private const string Suffix = "Response";

    /// <returns>Null for a type that is described inline.</returns>
    public static string? Get(JsonTypeInfo type)
    {
        // Raw JSON is an object in some places and a list in others; the envelope adds nothing to its content.
        var plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (plain == typeof(RawJson) || IsA(type.Type, typeof(ApiResponse<>)))
            return null;
        // Filter parameters: FilterSchemas describes them inline.
        if (plain == typeof(ChatStatuses) || plain == typeof(BucketUnit) || plain == typeof(StatsGrouping) || plain == typeof(TenantIds)
            || plain == typeof(ExportFormat))
            return null;
        if (IsA(type.Type, typeof(PageResponse<>)))
            return WithoutSuffix(type.Type.GetGenericArguments()[0].Name) + "Page";
        return OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? WithoutSuffix(name) : null;
    }

    private static bool IsA(Type type, Type generic) => type.IsGenericType && type.GetGenericTypeDefinition() == generic;

    private static string WithoutSuffix(string name) => name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
}
