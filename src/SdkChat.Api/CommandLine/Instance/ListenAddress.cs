using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using SdkChat.Api.CommandLine.Errors;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>The address on which <c>up</c> listens.</summary>
internal static class ListenAddress
{
    public const string Default = "http://127.0.0.1:5080";

    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";

    /// <summary>Uses the option; otherwise ASP.NET Core's own settings; otherwise <see cref="Default"/>.</summary>
    /// <exception cref="CommandFailedException">The option is not a valid address.</exception>
    public static void Choose(WebApplicationBuilder builder, string? option)
    {
        var urls = option ?? builder.Configuration["urls"];
        if (string.IsNullOrWhiteSpace(urls) && (builder.Configuration["http_ports"] ?? builder.Configuration["https_ports"]) is not null)
            return;

        urls = string.IsNullOrWhiteSpace(urls) ? Default : urls;
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            Check(url);
        builder.WebHost.UseUrls(urls);
    }

    /// <summary>Parses the address of a load balancer in front of several nodes: plain HTTP on this machine.</summary>
    /// <exception cref="CommandFailedException">It is another kind of address, or not valid.</exception>
    public static BindingAddress Single(string? option)
    {
        var url = option ?? Default;
        Check(url);
        var address = BindingAddress.Parse(url);
        return address.Scheme == "http" && address.Host is "127.0.0.1" or "localhost"
            ? address
            : throw new CommandFailedException($"Several nodes are reached at an address of this machine, such as {Default}.");
    }

    /// <summary>Starts to listen. If that fails, the exception has a one-line message.</summary>
    public static async Task OpenAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception)
            when (exception is CryptographicException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(
                $"The server's certificate cannot be read: {exception.Message.TrimEnd('.')}. Correct the file, its rights "
                + "or its password in Kestrel:Certificates or Kestrel:Endpoints.");
        }
        catch (Exception exception) when (exception is IOException or SocketException
            || (exception is InvalidOperationException && exception.Source?.StartsWith(Kestrel, StringComparison.Ordinal) == true))
        {
            throw new CommandFailedException($"Cannot listen: {exception.Message.TrimEnd('.')}. Choose another address with --urls.");
        }
    }

    /// <summary>The address as a client on this machine uses it.</summary>
    public static string Reachable(string url)
    {
        var address = BindingAddress.Parse(url);
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;
        return address.IsUnixPipe ? url : $"{address.Scheme}://{host}:{address.Port}";
    }

    /// <summary>
    /// A port that is not a number becomes part of the host, and the server would listen on all addresses for an unknown host.
    /// </summary>
    private static bool IsHost(string host) =>
        host.Length > 0
        && (host.StartsWith('[')
            ? IPAddress.TryParse(host, out _)
            : host.StartsWith("unix:/", StringComparison.Ordinal) || !host.Contains(':', StringComparison.Ordinal));

    private static void Check(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (address.Scheme is "http" or "https" && IsHost(address.Host) && address.Port is >= 0 and <= IPEndPoint.MaxPort
                && address.PathBase.Length == 0)
                return;
        }
        catch (FormatException)
        {
            // The exception below reports it.
        }

        throw new CommandFailedException($"'{url}' is no address to listen on: it looks like {Default}.");
    }
}
