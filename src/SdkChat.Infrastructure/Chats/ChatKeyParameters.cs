using Npgsql;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats;

/// <summary>The parameters of the statements that read one chat.</summary>
/// <param name="Known">The version that the caller has, for statements that use it.</param>
internal sealed record ChatKeyParameters(TenantId? Tenant, ProfileId? Profile, ChatId? Chat, ChatVersion? Known = null)
    : INumberedParameters
{
    public NpgsqlParameter Create(string name) => name switch
    {
        "tenant" => NumberedParameter.From(Tenant?.Value),
        "profile" => NumberedParameter.From(Profile?.Value),
        "chat" => NumberedParameter.From(Chat?.Value),
        "knownRevision" => NumberedParameter.From(Known!.Value.Revision),
        "knownUpdatedAt" => NumberedParameter.From(Known!.Value.UpdatedAt),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The statements of a chat have no such parameter."),
    };
}

/// <summary>The parameters of <see cref="ChatLookupSql.FindMany"/>.</summary>
internal sealed class ChatKeysParameters(IReadOnlyList<ChatKeyParameters> keys) : INumberedParameters
{
    public NpgsqlParameter Create(string name) => name switch
    {
        "tenants" => NumberedParameter.From(keys, key => key.Tenant?.Value),
        "profiles" => NumberedParameter.From(keys, key => key.Profile?.Value),
        "chats" => NumberedParameter.From(keys, key => key.Chat?.Value),
        "knownRevisions" => NumberedParameter.From(keys, key => key.Known?.Revision),
        "knownUpdatedAts" => NumberedParameter.From(keys, key => key.Known?.UpdatedAt),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The statement of several chats has no such parameter."),
    };
}
