using Npgsql;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats;

/// <summary>The parameters of the statements that read one chat.</summary>
/// <param name="Known">The version that the caller has, for statements that use it.</param>
internal sealed record ChatKeyParameters(TenantId? Tenant, ProfileId? Profile, ChatId? Chat, ChatVersion? Known = null) : INumberedParameters
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
