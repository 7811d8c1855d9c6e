using System.Text.Json;
using System.Text.Json.Serialization;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>The events of one tenant in a relayed batch, in the order in which they were written; sent on the tenant's channel.</summary>
/// <param name="Relay">The node that relays; a new name with each start.</param>
/// <param name="Batch">The number of the relay's batch.</param>
internal sealed record RelayPart(string Relay, long Batch, Guid Tenant, RelayedEvent[] Events);

/// <summary>
/// Closes a batch; sent on the channel of all nodes. It contains the positions before and after the read and the tenants that have a part.
/// A node that has the parts of all its tenants therefore knows that it has missed nothing.
/// </summary>
internal sealed record RelayEnd(string Relay, long Batch, RelayedPosition From, RelayedPosition To, Guid[] Tenants);

/// <summary>A <see cref="FeedPosition"/> in a message.</summary>
internal sealed record RelayedPosition(string Seen, ulong LastXid)
{
    /// <summary>Null in messages of a version without epochs: they match no position, and followers read the database.</summary>
    public Guid? Epoch { get; init; }

    public static RelayedPosition From(FeedPosition place) => new(place.Seen, place.LastXid) { Epoch = place.Epoch };

    public FeedPosition ToPosition() => new(Seen, LastXid) { Epoch = Epoch ?? Guid.Empty };
}

/// <summary>The format of messages: JSON, so that they can be read with <c>redis-cli</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RelayPart))]
[JsonSerializable(typeof(RelayEnd))]
internal sealed partial class RelayJson : JsonSerializerContext
{
    public static byte[] Write(RelayPart part) => JsonSerializer.SerializeToUtf8Bytes(part, Default.RelayPart);

    public static byte[] Write(RelayEnd end) => JsonSerializer.SerializeToUtf8Bytes(end, Default.RelayEnd);
}
