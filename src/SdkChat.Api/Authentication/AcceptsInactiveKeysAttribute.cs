namespace SdkChat.Api.Authentication;

/// <summary>Marks the action that an expired or revoked SDK key may call too. Its result must not depend on the key being active.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AcceptsInactiveKeysAttribute : Attribute;
