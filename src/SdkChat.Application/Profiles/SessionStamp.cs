using SdkChat.Domain.Common;

namespace SdkChat.Application.Profiles;

/// <summary>A mark that the app set on a session (contract, section 8.8).</summary>
/// <param name="Status">1 to 40 characters of <c>A-Z0-9_</c>. The app defines their meaning.</param>
/// <param name="Meta">A JSON object, unchanged to the byte; null if the stamp has none.</param>
public sealed record SessionStamp(string Status, RawJson? Meta, DateTimeOffset StampedAt);
