using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using SdkChat.Contract.Calls;

namespace SdkChat.Contract.Rules.Live;

/// <summary>A request of HTTP/1.0, which .NET's client does not speak for streams: written by hand, read as it comes.</summary>
internal static class RawRequest
{
    /// <returns>All that came until ready did, the time was over, or the service hung up.</returns>
    public static async Task<string> UntilReadyAsync(Service service, Credential credential, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        var received = new StringBuilder();
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(service.Address.Host, service.Address.Port, limit.Token);
            await using var connection = await SecuredAsync(client.GetStream(), service.Address, limit.Token);
            var (name, value) = credential.Line;
            await connection.WriteAsync(
                Encoding.ASCII.GetBytes($"GET {Paths.Stream} HTTP/1.0\r\nHost: {service.Address.Authority}\r\n{name}: {value}\r\n\r\n"),
                limit.Token);
            var buffer = new byte[4096];
            int count;
            while (!received.ToString().Contains("event: ready\ndata: {}\n\n", StringComparison.Ordinal)
                && (count = await connection.ReadAsync(buffer, limit.Token)) > 0)
                received.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // Whatever came is what there is.
        }

        return received.ToString();
    }

    private static async Task<Stream> SecuredAsync(Stream plain, Uri address, CancellationToken cancellationToken)
    {
        if (address.Scheme != Uri.UriSchemeHttps)
            return plain;
        var secured = new SslStream(plain);
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, cancellationToken);
        return secured;
    }
}
