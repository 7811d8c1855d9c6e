using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Npgsql;
using Npgsql.Internal;

#pragma warning disable NPG9001 // The connector is public for experiments only; a test fails if an update of Npgsql moves its socket.

namespace SdkChat.Infrastructure.Storage;

/// <summary>The TCP socket of a connection, which Npgsql does not expose.</summary>
internal static class ConnectionSocket
{
    /// <returns>
    /// Null for a Unix socket, for a closed connection, and if Npgsql keeps its socket in another place than the tested version.
    /// </returns>
    public static Socket? Find(NpgsqlConnection connection)
    {
        try
        {
            return ConnectorOf(connection) is { } connector
                && SocketOf(connector) is { AddressFamily: AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 } socket
                ? socket
                : null;
        }
        catch (Exception exception) when (exception is MissingMethodException or MissingFieldException)
        {
            // The connection works without the watch.
            return null;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Connector")]
    private static extern NpgsqlConnector? ConnectorOf(NpgsqlConnection connection);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_socket")]
    private static extern ref Socket? SocketOf(NpgsqlConnector connector);
}
