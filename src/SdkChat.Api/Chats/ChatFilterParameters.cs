using Microsoft.AspNetCore.Mvc;
using SdkChat.Application.Chats;
using SdkChat.Domain.Profiles;

namespace SdkChat.Api.Chats;

/// <summary>The query parameters that make a <see cref="ChatFilter"/>. Each property is one parameter, and links to other pages carry all of them.</summary>
public sealed class ChatFilterParameters
{
    [FromQuery(Name = "profile_id")]
    public Guid? ProfileId { get; init; }

    internal ChatFilter ToFilter() => ProfileId is { } profile ? new ChatFilter { Profile = new ProfileId(profile) } : ChatFilter.None;
}
