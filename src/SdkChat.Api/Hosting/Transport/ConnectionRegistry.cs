namespace SdkChat.Api.Hosting.Transport;

/// <summary>
/// The open connections, and which of them rest. Keeps their number within what the process may have open: at a limit the connection that has
/// rested longest makes room, and where none rests the new one is closed.
/// </summary>
/// <param name="most">Connections at a time, streams that were handed over among them.</param>
/// <param name="mostIdle">Of these, without a request.</param>
internal sealed class ConnectionRegistry(int most, int mostIdle, ConnectionMetrics metrics)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<HandoverConnection> _idle = new();
    private int _open;

    /// <summary>Connections, with and without a request, and streams that were handed over.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Takes a new connection, which rests until its first request. It may be closed at once.</summary>
    public void Add(HandoverConnection connection)
    {
        HandoverConnection? excess = null;
        lock (_gate)
        {
            _open++;
            connection.Place = _idle.AddLast(connection);
            if (_open > most || _idle.Count > mostIdle)
                excess = TakeOldest();
        }

        if (excess is not null)
            metrics.Closed(excess == connection ? "full" : "idle");
        excess?.CloseIdle();
    }

    /// <summary>The connection has a request, and cannot be closed for another.</summary>
    public void Busy(HandoverConnection connection)
    {
        lock (_gate)
        {
            connection.Requests++;
            TakeOut(connection);
        }
    }

    /// <summary>One of its requests is answered. With the last it rests again, unless it has been removed meanwhile.</summary>
    public void Idle(HandoverConnection connection)
    {
        lock (_gate)
        {
            if (--connection.Requests == 0 && !connection.IsRemoved)
                connection.Place = _idle.AddLast(connection);
        }
    }

    /// <summary>The connection is closed, or a stream's from now on: <see cref="Left"/> then says when that has ended.</summary>
    public void Remove(HandoverConnection connection, bool isHandedOver)
    {
        lock (_gate)
        {
            TakeOut(connection);
            connection.IsRemoved = true;
            if (!isHandedOver)
                _open--;
        }
    }

    /// <summary>A stream that was handed over has closed its connection.</summary>
    public void Left()
    {
        lock (_gate)
            _open--;
    }

    /// <summary>Closes connections that rest, the longest first, to have files for others.</summary>
    /// <returns>How many there were.</returns>
    public int CloseIdle(int count)
    {
        var closed = 0;
        while (closed < count)
        {
            HandoverConnection? oldest;
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

    private HandoverConnection? TakeOldest()
    {
        var oldest = _idle.First?.Value;
        if (oldest is not null)
            TakeOut(oldest);
        return oldest;
    }

    private void TakeOut(HandoverConnection connection)
    {
        if (connection.Place is { } place)
            _idle.Remove(place);
        connection.Place = null;
    }
}
