namespace SdkChat.Api.Auditing;

/// <summary>Marks an action that reads or changes across tenants: every call leaves an entry in the audit trail, refused ones too.</summary>
/// <param name="action">What the call does, as the entry says it.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AuditedAttribute(string action) : Attribute
{
    public string Action { get; } = action;

    /// <summary>The parameter, of the route or the query, that names what the call is about; null where none does.</summary>
    public string? Target { get; init; }

    /// <summary>What the call is about where no parameter names it, such as <c>block</c> for a call that makes one; else null.</summary>
    public string? TargetKind { get; init; }
}
