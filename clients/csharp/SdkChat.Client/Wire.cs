using System.Text.Json;
using System.Text.Json.Serialization;

namespace SdkChat.Client;

/// <summary>The JSON of the service: snake_case, with room for members and statuses that are not known yet.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(ChatStatusConverter), typeof(ApiKeyStatusConverter), typeof(AuditCallerConverter)])]
[JsonSerializable(typeof(Envelope<ChatPage>))]
[JsonSerializable(typeof(Envelope<ChatDetail>))]
[JsonSerializable(typeof(Envelope<ChatCounts>))]
[JsonSerializable(typeof(Envelope<ChatTimeline>))]
[JsonSerializable(typeof(Envelope<ChatStats>))]
[JsonSerializable(typeof(Envelope<ProfileHistory>))]
[JsonSerializable(typeof(ChatListItem))]
[JsonSerializable(typeof(ChatDetail))]
[JsonSerializable(typeof(Envelope<ApiKeyPage>))]
[JsonSerializable(typeof(Envelope<ApiKey>))]
[JsonSerializable(typeof(Envelope<CreatedApiKey>))]
[JsonSerializable(typeof(Envelope<TenantPage>))]
[JsonSerializable(typeof(Envelope<Tenant>))]
[JsonSerializable(typeof(Envelope<BlockPage>))]
[JsonSerializable(typeof(Envelope<Block>))]
[JsonSerializable(typeof(Envelope<AuditPage>))]
[JsonSerializable(typeof(Envelope<AccessPage>))]
[JsonSerializable(typeof(Envelope<TenantOverviewPage>))]
[JsonSerializable(typeof(Envelope<Screens>))]
[JsonSerializable(typeof(Envelope<AddedScreen>))]
[JsonSerializable(typeof(NewApiKey))]
[JsonSerializable(typeof(Envelope<ErasedProfile>))]
[JsonSerializable(typeof(NewBlock))]
[JsonSerializable(typeof(NewErasure))]
[JsonSerializable(typeof(NewScreen))]
[JsonSerializable(typeof(NewTenant))]
[JsonSerializable(typeof(TenantChange))]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(ChatStarted))]
[JsonSerializable(typeof(ChatCompleted))]
[JsonSerializable(typeof(ChatFailed))]
[JsonSerializable(typeof(ChatEnded))]
[JsonSerializable(typeof(BacklistTriggered))]
internal sealed partial class Wire : JsonSerializerContext;

/// <summary>What every success looks like.</summary>
internal sealed record Envelope<T>(T Data);

/// <summary>The body that makes a key.</summary>
internal sealed record NewApiKey(string Name, int? ExpiresInDays);

/// <summary>The body that makes a link for a screen.</summary>
internal sealed record NewScreen(string Name);

/// <summary>The body that adds a tenant.</summary>
internal sealed record NewTenant(string Code, string Name);

/// <summary>The body that changes a tenant; what is null is kept.</summary>
internal sealed record TenantChange(string? Name, bool? Enabled);

/// <summary>The body that blocks a user.</summary>
internal sealed record NewBlock(Guid TenantId, string Subject, DateTimeOffset Until, string Reason);

/// <summary>The body that erases a person.</summary>
internal sealed record NewErasure(Guid ProfileId, string Confirm);

/// <summary>What is read of a failure.</summary>
internal sealed record Refusal(string? Code, string? Message);

/// <summary>A status that a newer service may have is no reason to fail.</summary>
internal sealed class ChatStatusConverter : JsonConverter<ChatStatus>
{
    public override ChatStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() switch
        {
            "in_progress" => ChatStatus.InProgress,
            "completed" => ChatStatus.Completed,
            "error" => ChatStatus.Error,
            "ended" => ChatStatus.Ended,
            _ => ChatStatus.Unknown,
        };

    /// <summary>Nothing that this client sends has one.</summary>
    public override void Write(Utf8JsonWriter writer, ChatStatus value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <inheritdoc cref="ChatStatusConverter"/>
internal sealed class ApiKeyStatusConverter : JsonConverter<ApiKeyStatus>
{
    public override ApiKeyStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() switch
        {
            "active" => ApiKeyStatus.Active,
            "expired" => ApiKeyStatus.Expired,
            "revoked" => ApiKeyStatus.Revoked,
            _ => ApiKeyStatus.Unknown,
        };

    /// <summary>Nothing that this client sends has one.</summary>
    public override void Write(Utf8JsonWriter writer, ApiKeyStatus value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}

/// <inheritdoc cref="ChatStatusConverter"/>
internal sealed class AuditCallerConverter : JsonConverter<AuditCaller>
{
    public override AuditCaller Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() switch
        {
            "backoffice" => AuditCaller.Backoffice,
            "tenant" => AuditCaller.Tenant,
            "operator" => AuditCaller.Operator,
            _ => AuditCaller.Unknown,
        };

    /// <summary>Nothing that this client sends has one.</summary>
    public override void Write(Utf8JsonWriter writer, AuditCaller value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}
