namespace SdkChat.Api.Chats;

/// <summary>Marks an action that accepts <c>Prefer: wait</c>, for the OpenAPI document.</summary>
/// <param name="isTaggedOnlyThen">Whether it sends an <c>ETag</c> only to callers that wait.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WaitsAttribute(bool isTaggedOnlyThen = false) : Attribute
{
    public bool IsTaggedOnlyThen => isTaggedOnlyThen;
}
