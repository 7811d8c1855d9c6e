using SdkChat.Application.Chats;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Profiles;

namespace SdkChat.Infrastructure.Chats;

/// <summary>The row of a chat with its profile. The result is read separately from the same row.</summary>
internal class ChatDetailRow
{
    public Guid ChatId { get; init; }

    public Guid TenantId { get; init; }

    public Guid ProfileId { get; init; }

    public Guid? ProfileSessionId { get; init; }

    public string Prompt { get; init; } = "";

    public string Status { get; init; } = "";

    public string BackListStatus { get; init; } = "";

    public string? LastError { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }

    public DateTime? EndedAt { get; init; }

    public int Revision { get; init; }

    public string? Name { get; init; }

    public string? Gender { get; init; }

    public string? Age { get; init; }

    public string? Locale { get; init; }

    /// <summary>Whether the result was left out because the caller has it.</summary>
    public bool IsKnown { get; init; }

    /// <param name="memory">The memory of the result, which the detail then owns.</param>
    public ChatDetail ToDetail(PipelineResult? result, IDisposable memory) =>
        new(ToState(result), ProfileSummaryReader.Read(Name, Gender, Age, Locale), memory, IsKnown);

    public ChatState ToState(PipelineResult? result) => new()
    {
        Id = new ChatId(ChatId),
        Tenant = new TenantId(TenantId),
        Profile = new ProfileId(ProfileId),
        Session = ProfileSessionId is { } session ? new ProfileSessionId(session) : null,
        Prompt = Prompt,
        Status = ChatStatusNames.Parse(Status),
        BackListStatus = BackListStatus,
        Result = result,
        LastError = LastError,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        EndedAt = EndedAt,
        Revision = Revision,
    };
}
