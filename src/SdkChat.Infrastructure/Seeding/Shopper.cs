using SdkChat.Domain.Profiles;
using SdkChat.Infrastructure.Pipelines.Demo;

namespace SdkChat.Infrastructure.Seeding;

/// <summary>What a chat needs to know of a made-up shopper: little, since there may be a million of them.</summary>
internal readonly record struct Shopper(ProfileId Id, DemoLanguage Language);
