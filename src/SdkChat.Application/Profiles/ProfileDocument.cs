using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Profiles;

/// <summary>A profile and its document: a JSON object that the tenant defines, as storage writes it.</summary>
public sealed record ProfileDocument(ProfileId Profile, RawJson Data);
