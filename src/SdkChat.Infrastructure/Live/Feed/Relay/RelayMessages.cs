using System.Text.Json;
using System.Text.Json.Serialization;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>What one tenant has of a relayed batch, in the order in which it was written; on the tenant's channel.</summary>
/// <param name="Relay">The node that relays; a new name each time it starts.</param>
/// <param name="Batch">Counts the relay's batches.</param>
internal sealed record RelayPart(string Relay, long Batch, Guid Tenant, RelayedEvent[] Events);

/// <summary>
/// Closes a batch; on the channel of all nodes. It says from where to where the relay has read, and which tenants have a part in it:
/// whoever has all the parts that concern them knows that they have missed nothing, whatever may have got lost on the way.
/// </summary>
internal sealed record RelayEnd(string Relay, long Batch, RelayedPosition From, RelayedPosition To, Guid[] Tenants);

/// <summary>A <see cref="FeedPosition"/> on its way.</summary>
internal sealed record RelayedPosition(string Seen, ulong LastXid)
{
    /// <summary>Null in messages of a version that has none: they meet no place, and their followers read the database.</summary>
    public Guid? Epoch { get; init; }

    public static RelayedPosition Of(FeedPosition place) => new(place.Seen, place.LastXid) { Epoch = place.Epoch };

    public FeedPosition ToPosition() => new(Seen, LastXid) { Epoch = Epoch ?? Guid.Empty };
}

/// <summary>How messages are written: JSON, so that a person can watch them with <c>redis-cli</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RelayPart))]
[JsonSerializable(typeof(RelayEnd))]
internal sealed partial class RelayJson : JsonSerializerContext
{
    public static byte[] Write(RelayPart part) => JsonSerializer.SerializeToUtf8Bytes(part, Default.RelayPart);

    public static byte[] Write(RelayEnd end) => JsonSerializer.SerializeToUtf8Bytes(end, Default.RelayEnd);
}
