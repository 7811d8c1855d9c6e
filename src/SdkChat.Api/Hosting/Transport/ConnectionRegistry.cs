namespace SdkChat.Api.Hosting.Transport;

/// <summary>
/// The open connections, and which of them are idle. Keeps their number within the process's limit of open files: at a limit the connection
/// that has been idle longest is closed, or the new one if none is idle.
/// </summary>
/// <param name="most">Maximum number of connections, including detached streams.</param>
/// <param name="mostIdle">Maximum number of idle connections.</param>
internal sealed class ConnectionRegistry(int most, int mostIdle, ConnectionMetrics metrics)
{
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
            connection.IdleNode = _idle.AddLast(connection);
            if (_open > most || _idle.Count > mostIdle)
                excess = TakeOldest();
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
                connection.IdleNode = _idle.AddLast(connection);
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
        var oldest = _idle.First?.Value;
        if (oldest is not null)
            TakeOut(oldest);
        return oldest;
    }

    private void TakeOut(DetachableConnection connection)
    {
        if (connection.IdleNode is { } node)
            _idle.Remove(node);
        connection.IdleNode = null;
    }
}
