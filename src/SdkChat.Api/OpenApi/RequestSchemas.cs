using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SdkChat.Api.Chats.Sdk;
using SdkChat.Api.Profiles;
using SdkChat.Api.Screens;
using SdkChat.Api.Tenants;
using SdkChat.Application.Screens;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.OpenApi;

/// <summary>Adds the limits of validators to request bodies. Lengths of names and reasons count after trimming.</summary>
internal static class RequestSchemas
{
    private const string TenantCodes = "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$";
    private const string Instants = @"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})$";

    /// <summary>No characters that break a line or control a terminal.</summary>
    private const string OneLine = @"^[^\u0000-\u001f\u007f-\u009f]*$";

    public static void Limit(OpenApiSchema schema, Type type)
    {
        if (type == typeof(AddTenantRequest))
        {
            Text(schema, "code", TenantCode.MaxLength, TenantCodes);
            Text(schema, "name", Tenant.MaxNameLength, OneLine);
        }
        else if (type == typeof(UpdateTenantRequest))
        {
            Text(schema, "name", Tenant.MaxNameLength, OneLine, isNullable: true);
            schema.Required = null;
        }
        else if (type == typeof(CreateApiKeyRequest))
        {
            Text(schema, "name", CreateApiKeyCommand.MaxNameLength, OneLine);
            schema.Required = new HashSet<string> { "name" };
            Member(schema, "expires_in_days").Enum =
                [.. CreateApiKeyCommand.ListedDays.Select(days => (JsonNode)JsonValue.Create(days)), JsonNullSentinel.JsonNull];
        }
        else if (type == typeof(AddScreenRequest))
        {
            Text(schema, "name", Screen.MaxNameLength, OneLine);
            schema.Required = new HashSet<string> { "name" };
        }
        else if (type == typeof(EraseProfileRequest))
        {
            Member(schema, "profile_id").Type = JsonSchemaType.String;
            var confirm = Member(schema, "confirm");
            (confirm.Type, confirm.MinLength) = (JsonSchemaType.String, 1);
        }
        else if (type == typeof(StartChatRequest))
        {
            // Without a length: that of the prompt counts after trimming, and one with blanks around it may be longer.
            Member(schema, "prompt").Pattern = @"^[^\u0000]*$";
        }
        else if (type == typeof(BlockRequest))
        {
            Member(schema, "tenant_id").Type = JsonSchemaType.String;
            Text(schema, "subject", Block.MaxSubjectLength, OneLine);
            Text(schema, "until", 33, Instants);
            Text(schema, "reason", Block.MaxReasonLength, OneLine);
        }
    }

    private static void Text(OpenApiSchema schema, string member, int maxLength, string pattern, bool isNullable = false)
    {
        var text = Member(schema, member);
        text.Type = JsonSchemaType.String | (isNullable ? JsonSchemaType.Null : 0);
        (text.MinLength, text.MaxLength, text.Pattern) = (1, maxLength, pattern);
    }

    private static OpenApiSchema Member(OpenApiSchema schema, string member) => (OpenApiSchema)schema.Properties![member];
}
