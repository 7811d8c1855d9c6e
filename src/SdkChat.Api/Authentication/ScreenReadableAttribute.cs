namespace SdkChat.Api.Authentication;

/// <summary>
/// Marks a GET that a signed-in screen may call besides the tenant's admins: what the wall shows, and nothing else (docs/decisions/0044).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ScreenReadableAttribute : Attribute;
