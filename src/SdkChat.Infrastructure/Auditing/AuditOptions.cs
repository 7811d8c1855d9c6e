using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Auditing;

/// <summary>Storage of the audit trail of backoffice calls (section <c>Audit</c>).</summary>
public sealed record AuditOptions
{
    public const string Section = "Audit";

    /// <summary>Days for which audit entries are kept.</summary>
    [Range(30, 36_500)]
    public int KeepDays { get; init; } = 365;
}
