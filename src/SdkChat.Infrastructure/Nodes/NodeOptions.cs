using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Nodes;

/// <summary>Name of this node (section <c>Node</c>).</summary>
public sealed record NodeOptions
{
    public const string Section = "Node";

    /// <summary>Name of this node in the backoffice. Unset: host name and process id, such as <c>web-1:4711</c>.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Name { get; init; }
}
