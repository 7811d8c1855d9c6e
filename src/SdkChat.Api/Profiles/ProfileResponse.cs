using SdkChat.Application.Profiles;
using SdkChat.Domain.Common;

namespace SdkChat.Api.Profiles;

/// <summary>A profile and its document.</summary>
/// <param name="Data">A JSON object. The order of its members may have changed, and 1.0E2 is 100.</param>
public sealed record ProfileResponse(Guid ProfileId, RawJson Data)
{
    internal static ProfileResponse From(ProfileDocument document) => new(document.Profile.Value, document.Data);
}
