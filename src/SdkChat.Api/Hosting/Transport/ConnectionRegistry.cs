namespace SdkChat.Api.Hosting.Transport;

/// <summary>
/// The open connections, and which of them are idle. Keeps their number within the process's limit of open files: at a limit the connection
/// that has been idle longest is closed, or the new one if none is idle. A connection whose request has just arrived is not closed: after
/// the end of another node thousands of them wait for a processor.
/// </summary>
/// <param name="most">Maximum number of connections, including detached streams.</param>
/// <param name="mostIdle">Maximum number of idle connections.</param>
internal sealed class ConnectionRegistry(int most, int mostIdle, ConnectionMetrics metrics, TimeProvider clock)
{
    /// <summary>
    /// How many of the connections idle longest are examined for an arriving request, so that a new connection costs few system calls.
    /// </summary>
    private const int MaxExamined = 8;

    /// <summary>
    /// How long a request that was read may wait for a thread. A client that sends the first byte on each of many connections must not keep
    /// others out for longer.
    /// </summary>
    private static readonly TimeSpan Arriving = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly LinkedList<DetachableConnection> _idle = new();
    private int _open;

    /// <summary>Connections, idle and busy, and detached streams.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Adds a new connection, which is idle until its first request. It may be closed at once.</summary>
    public void Add(DetachableConnection connection)
    {
        DetachableConnection? excess = null;
        lock (_gate)
        {
            _open++;
            Append(connection);
            if (_open > most || _idle.Count > mostIdle)
                excess = TakeOldest();
            if (excess is null && _open > most)
            {
                TakeOut(connection);
                excess = connection;
            }
        }

        if (excess is not null)
            metrics.Closed(excess == connection ? "full" : "idle");
        excess?.CloseIdle();
    }

    /// <summary>The connection has a request and cannot be closed for another.</summary>
    public void Busy(DetachableConnection connection)
    {
        lock (_gate)
        {
            connection.Requests++;
            TakeOut(connection);
        }
    }

    /// <summary>A request has ended. After the last one the connection is idle again, unless it was removed meanwhile.</summary>
    public void Idle(DetachableConnection connection)
    {
        lock (_gate)
        {
            if (--connection.Requests == 0 && !connection.IsRemoved)
                Append(connection);
        }
    }

    /// <summary>The connection is closed, or detached; <see cref="Left"/> then reports the end of its stream.</summary>
    public void Remove(DetachableConnection connection, bool isDetached)
    {
        lock (_gate)
        {
            TakeOut(connection);
            connection.IsRemoved = true;
            if (!isDetached)
                _open--;
        }
    }

    /// <summary>A detached stream has closed its connection.</summary>
    public void Left()
    {
        lock (_gate)
            _open--;
    }

    /// <summary>Closes idle connections, those idle longest first, to free files.</summary>
    /// <returns>How many were closed.</returns>
    public int CloseIdle(int count)
    {
        var closed = 0;
        while (closed < count)
        {
            DetachableConnection? oldest;
            lock (_gate)
                oldest = TakeOldest();
            if (oldest is null)
                break;

            metrics.Closed("idle");
            oldest.CloseIdle();
            closed++;
        }

        return closed;
    }

    private DetachableConnection? TakeOldest()
    {
        for (var examined = 0; examined < MaxExamined && _idle.First is { } oldest; examined++)
        {
            _idle.RemoveFirst();
            if (!oldest.Value.HasRequestData(isUnread: clock.GetElapsedTime(oldest.Value.IdleSince) >= Arriving))
            {
                oldest.Value.IdleNode = null;
                return oldest.Value;
            }

            _idle.AddLast(oldest);
        }

        return null;
    }

    private void Append(DetachableConnection connection) =>
        (connection.IdleNode, connection.IdleSince) = (_idle.AddLast(connection), clock.GetTimestamp());

    private void TakeOut(DetachableConnection connection)
    {
        if (connection.IdleNode is { } node)
            _idle.Remove(node);
        connection.IdleNode = null;
    }
}
