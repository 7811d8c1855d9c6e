using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Http;

/// <summary>A client that sends a body that is too large, as browsers do, receives the refusal: the server reads the rest of it.</summary>
public sealed class RefusedBodyTests
{
    private const string Next = "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    [TestCase(65_537)]
    [TestCase(1 << 20)]
    [TestCase(8 << 20)]
    public async Task Body_RefusedByItsLength_IsReadBeforeTheNextRequest(int length)
    {
        var request =
            $"POST /v1/profile HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
            + $"{new string(' ', length)}";
        using var socket = await StreamSocket.SendAsync(SharedApi.Api.BaseAddress, request + Next);

        await socket.UntilAsync("HTTP/1.1 200 OK");

        socket.Received.Should().StartWith("HTTP/1.1 413 ").And.Contain("PAYLOAD_TOO_LARGE");
    }
}
