using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Nodes;

/// <summary>What a node is called by people (section <c>Node</c>).</summary>
public sealed record NodeOptions
{
    public const string Section = "Node";

    /// <summary>Shown wherever the backoffice is told on which node something is. Unset: the host's name and the process id, <c>web-1:4711</c>.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Name { get; init; }
}
