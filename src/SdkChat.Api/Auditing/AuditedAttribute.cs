namespace SdkChat.Api.Auditing;

/// <summary>
/// Marks an action that reads or changes data across tenants. Every call leaves an entry in the audit trail, even if it is refused.
/// </summary>
/// <param name="action">The action's name in the entry.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AuditedAttribute(string action) : Attribute
{
    public string Action { get; } = action;

    /// <summary>The route or query parameter that identifies the target; null if there is none.</summary>
    public string? Target { get; init; }

    /// <summary>The type of the target if no parameter names it, such as <c>block</c> for a call that creates one; else null.</summary>
    public string? TargetKind { get; init; }
}
