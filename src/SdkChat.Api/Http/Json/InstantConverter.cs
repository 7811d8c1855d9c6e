using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using SdkChat.Domain.Common;

namespace SdkChat.Api.Http.Json;

/// <summary>Writes an instant in UTC: <c>2026-04-23T05:28:08Z</c>, or with exactly three digits where the milliseconds are not zero.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetDateTimeOffset(out var instant) ? instant.ToMilliseconds() : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[32];
        var format = value.UtcTicks % TimeSpan.TicksPerSecond < TimeSpan.TicksPerMillisecond
            ? "yyyy-MM-ddTHH:mm:ssZ"
            : "yyyy-MM-ddTHH:mm:ss.fffZ";
        value.UtcDateTime.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
