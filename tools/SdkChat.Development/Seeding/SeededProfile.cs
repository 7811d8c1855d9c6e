using SdkChat.Development.Pipelines;
using SdkChat.Domain.Profiles;

namespace SdkChat.Development.Seeding;

/// <summary>The row of a generated shopper.</summary>
/// <param name="Document">The profile's JSON.</param>
internal sealed record SeededProfile(ProfileId Id, DemoLanguage Language, string Document, DateTimeOffset CreatedAt);
