namespace SdkChat.Api.Profiles;

/// <summary>A new profile.</summary>
public sealed record ProfileIdResponse(Guid ProfileId);
