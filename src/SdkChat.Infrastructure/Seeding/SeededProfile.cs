using SdkChat.Domain.Profiles;
using SdkChat.Infrastructure.Pipelines.Demo;

namespace SdkChat.Infrastructure.Seeding;

/// <summary>A made-up shopper's row.</summary>
/// <param name="Document">The profile's JSON.</param>
internal sealed record SeededProfile(ProfileId Id, DemoLanguage Language, string Document, DateTimeOffset CreatedAt);
