using System.Globalization;
using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Nodes;

/// <summary>
/// The id and name of this process among the nodes. The id is new with every start, so that a restarted node is not taken for the one
/// before.
/// </summary>
internal sealed class ThisNode(IOptions<NodeOptions> options)
{
    public Guid Id { get; } = Guid.CreateVersion7();

    public string Name { get; } =
        options.Value.Name ?? string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
}
