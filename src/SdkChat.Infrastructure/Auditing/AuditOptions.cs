using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Auditing;

/// <summary>The record of who looked across tenants (section <c>Audit</c>).</summary>
public sealed record AuditOptions
{
    public const string Section = "Audit";

    /// <summary>Days for which the record is kept.</summary>
    [Range(30, 36_500)]
    public int KeepDays { get; init; } = 365;
}
