namespace SdkChat.Api.Profiles;

/// <summary>A profile that was just stored.</summary>
public sealed record ProfileIdResponse(Guid ProfileId);
