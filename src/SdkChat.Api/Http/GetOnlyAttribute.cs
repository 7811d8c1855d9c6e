namespace SdkChat.Api.Http;

/// <summary>Marks a GET whose response has no end, or no meaning without its body, so that HEAD is not supported for it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GetOnlyAttribute : Attribute;
