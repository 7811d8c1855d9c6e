using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Profiles;

/// <summary>A profile and the tenant's own document in it, a JSON object as storage writes it.</summary>
public sealed record ProfileDocument(ProfileId Profile, RawJson Data);
