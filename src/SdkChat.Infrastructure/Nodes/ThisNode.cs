using System.Globalization;
using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Nodes;

/// <summary>Who this process is among the nodes. Its id is new with every start: two lives of one host must not answer for each other.</summary>
internal sealed class ThisNode(IOptions<NodeOptions> options)
{
    public Guid Id { get; } = Guid.CreateVersion7();

    public string Name { get; } =
        options.Value.Name ?? string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
}
