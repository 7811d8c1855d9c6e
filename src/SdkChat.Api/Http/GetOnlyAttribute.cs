namespace SdkChat.Api.Http;

/// <summary>Marks a GET whose answer has no end or no meaning without its body, so that HEAD is not answered beside it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GetOnlyAttribute : Attribute;
