using SdkChat.Development.Pipelines;
using SdkChat.Domain.Profiles;

namespace SdkChat.Development.Seeding;

/// <summary>The data of a generated shopper that a chat needs. It is small, since there may be a million of them.</summary>
internal readonly record struct Shopper(ProfileId Id, DemoLanguage Language);
