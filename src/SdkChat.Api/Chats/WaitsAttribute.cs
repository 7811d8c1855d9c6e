namespace SdkChat.Api.Chats;

/// <summary>An action that takes <c>Prefer: wait</c>: for the OpenAPI document.</summary>
/// <param name="isTaggedOnlyThen">Whether it sends an <c>ETag</c> only to callers that wait.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WaitsAttribute(bool isTaggedOnlyThen = false) : Attribute
{
    public bool IsTaggedOnlyThen => isTaggedOnlyThen;
}
