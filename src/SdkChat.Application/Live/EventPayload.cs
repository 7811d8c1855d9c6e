using System.Buffers;
using System.Text.Json;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Live;

/// <summary>Serialises what an event carries on the wire, once for all its readers.</summary>
internal static class EventPayload
{
    /// <param name="rest">Writes the members after <c>profile_id</c> and <c>chat_id</c>.</param>
    public static ReadOnlyMemory<byte> Of(IDomainEvent happened, Action<Utf8JsonWriter>? rest = null)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("profile_id", happened.Profile.Value);
            json.WriteString("chat_id", happened.Chat.Value);
            rest?.Invoke(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
