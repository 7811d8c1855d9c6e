using System.Buffers;
using System.Text.Json;

namespace SdkChat.Api.Http.Json;

/// <summary>
/// A rendered body. One that goes to a single caller lies in rented memory, and goes back when it is disposed of. One that is
/// shared is an array of its own, which disposing does not touch: nobody can tell when the last caller has been sent it.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    private readonly PooledBuffer? _rented;

    private JsonBody(ReadOnlyMemory<byte> bytes, PooledBuffer? rented) => (Bytes, _rented) = (bytes, rented);

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <param name="expected">About how many bytes it will have: a good guess spares a large one from being moved as it grows.</param>
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
