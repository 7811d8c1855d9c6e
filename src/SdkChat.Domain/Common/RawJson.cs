using System.Text;

namespace SdkChat.Domain.Common;

/// <summary>
/// One JSON value as the UTF-8 bytes that were received. The creator must ensure that the bytes are exactly one well-formed value. They are
/// never changed afterwards: <c>1.0E2</c> stays <c>1.0E2</c>.
/// </summary>
public readonly struct RawJson : IEquatable<RawJson>
{
    public static readonly RawJson EmptyArray = new("[]"u8.ToArray());

    public RawJson(ReadOnlyMemory<byte> utf8) => Utf8 = utf8;

    public ReadOnlyMemory<byte> Utf8 { get; }

    public static bool operator ==(RawJson left, RawJson right) => left.Equals(right);

    public static bool operator !=(RawJson left, RawJson right) => !left.Equals(right);

    public static RawJson FromText(string json) => new(Encoding.UTF8.GetBytes(json));

    /// <summary>Compares the bytes: <c>1</c> and <c>1.0</c> differ.</summary>
    public bool Equals(RawJson other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    public override bool Equals(object? obj) => obj is RawJson other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
