using System.Buffers;
using System.Text.Json;

namespace SdkChat.Api.Http.Json;

/// <summary>
/// A rendered body. One for a single caller is in rented memory, which is returned when it is disposed of. A shared one is a separate
/// array, which disposing does not affect: it is not known when the last caller has received it.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    private readonly PooledBuffer? _rented;

    private JsonBody(ReadOnlyMemory<byte> bytes, PooledBuffer? rented) => (Bytes, _rented) = (bytes, rented);

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <param name="expected">The approximate size in bytes. A good estimate avoids copying a large body as it grows.</param>
    public static JsonBody Render<T>(T value, JsonSerializerOptions json, int expected, bool isShared)
    {
        if (isShared)
        {
            var own = new ArrayBufferWriter<byte>(expected);
            JsonResponseWriter.Write(own, value, typeof(T), json);
            return new JsonBody(own.WrittenMemory, null);
        }

        var rented = new PooledBuffer(expected);
        try
        {
            JsonResponseWriter.Write(rented, value, typeof(T), json);
            return new JsonBody(rented.Written, rented);
        }
        catch
        {
            rented.Dispose();
            throw;
        }
    }

    public void Dispose() => _rented?.Dispose();
}
