using SdkChat.Development.Pipelines;
using SdkChat.Domain.Profiles;

namespace SdkChat.Development.Seeding;

/// <summary>What a chat needs to know of a made-up shopper: little, since there may be a million of them.</summary>
internal readonly record struct Shopper(ProfileId Id, DemoLanguage Language);
