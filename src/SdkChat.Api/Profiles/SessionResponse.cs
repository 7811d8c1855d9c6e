using System.Text.Json.Serialization;
using SdkChat.Application.Profiles;

namespace SdkChat.Api.Profiles;

/// <summary>One visit of a shopper.</summary>
/// <param name="EndedAt">Only in the answer that ends it.</param>
public sealed record SessionResponse(
    Guid SessionId,
    Guid ProfileId,
    DateTimeOffset StartedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? EndedAt)
{
    internal static SessionResponse Of(ProfileSession session) =>
        new(session.Session.Value, session.Profile.Value, session.StartedAt, session.EndedAt);
}
