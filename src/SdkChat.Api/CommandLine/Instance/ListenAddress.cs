using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using SdkChat.Api.CommandLine.Errors;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>Where <c>up</c> listens.</summary>
internal static class ListenAddress
{
    public const string Default = "http://127.0.0.1:5080";

    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";

    /// <summary>What the option says; else what ASP.NET Core's own settings say; else <see cref="Default"/>.</summary>
    /// <exception cref="CommandFailedException">It is no address.</exception>
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

    /// <summary>The one address of what stands before several nodes: plain HTTP on this machine.</summary>
    /// <exception cref="CommandFailedException">It is another, or no address.</exception>
    public static BindingAddress Single(string? option)
    {
        var url = option ?? Default;
        Check(url);
        var address = BindingAddress.Parse(url);
        return address.Scheme == "http" && address.Host is "127.0.0.1" or "localhost"
            ? address
            : throw new CommandFailedException($"Several nodes are reached at an address of this machine, such as {Default}.");
    }

    /// <summary>Starts to serve, or says in one line why that cannot be.</summary>
    public static async Task OpenAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is CryptographicException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"The server's certificate cannot be read: {exception.Message.TrimEnd('.')}. Correct the file, its rights or its password in Kestrel:Certificates or Kestrel:Endpoints.");
        }
        catch (Exception exception) when (exception is IOException or SocketException
            || (exception is InvalidOperationException && exception.Source?.StartsWith(Kestrel, StringComparison.Ordinal) == true))
        {
            throw new CommandFailedException($"Cannot listen: {exception.Message.TrimEnd('.')}. Choose another address with --urls.");
        }
    }

    /// <summary>The address as a client on this machine would type it.</summary>
    public static string Reachable(string url)
    {
        var address = BindingAddress.Parse(url);
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;
        return address.IsUnixPipe ? url : $"{address.Scheme}://{host}:{address.Port}";
    }

    /// <summary>A port that is no number ends up in the host, and a host that nobody knows is listened on everywhere.</summary>
    private static bool IsHost(string host) =>
        host.Length > 0 && (host.StartsWith('[') ? IPAddress.TryParse(host, out _) : host.StartsWith("unix:/", StringComparison.Ordinal) || !host.Contains(':', StringComparison.Ordinal));

    private static void Check(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (address.Scheme is "http" or "https" && IsHost(address.Host) && address.Port is >= 0 and <= IPEndPoint.MaxPort && address.PathBase.Length == 0)
                return;
        }
        catch (FormatException)
        {
            // Told below.
        }

        throw new CommandFailedException($"'{url}' is no address to listen on: it looks like {Default}.");
    }
}
