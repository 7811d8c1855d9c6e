namespace SdkChat.Infrastructure.Common;

/// <summary>A section of the configuration and the options that are bound to it.</summary>
/// <param name="Name">Such as <c>Live</c> or <c>Authentication:Tenant</c>.</param>
/// <param name="Options">Its public properties are the settings.</param>
internal sealed record SettingsSection(string Name, Type Options);
