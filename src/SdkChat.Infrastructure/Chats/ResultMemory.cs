using System.Buffers;
using System.Data.Common;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Infrastructure.Chats;

/// <summary>
/// Rented memory for the result of one chat. With 100 KB each, results would be half of all that the service allocates. The memory is
/// reused once it is disposed of.
/// </summary>
internal sealed class ResultMemory : IDisposable
{
    private readonly List<byte[]> _rented = [];

    /// <summary>Reads the result in the row, unchanged to the byte, from the connection's buffer; null if the chat has none.</summary>
    /// <param name="row">A row whose last columns are those of the result. All other columns have been read.</param>
    public async Task<PipelineResult?> ReadAsync(DbDataReader row, CancellationToken cancellationToken)
    {
        var todos = row.GetOrdinal("pipeline_todos");
        return await row.IsDBNullAsync(todos, cancellationToken)
            ? null
            : new PipelineResult(
                await ReadArrayAsync(row, todos, cancellationToken),
                await ReadArrayAsync(row, row.GetOrdinal("pipeline_recommended_items"), cancellationToken),
                await ReadArrayAsync(row, row.GetOrdinal("pipeline_notification_items"), cancellationToken));
    }

    public void Dispose()
    {
        _rented.ForEach(bytes => ArrayPool<byte>.Shared.Return(bytes));
        _rented.Clear();
    }

    private async Task<RawJson> ReadArrayAsync(DbDataReader row, int column, CancellationToken cancellationToken)
    {
        var length = (int)row.GetBytes(column, 0, null, 0, 0);
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        _rented.Add(bytes);
        await using var stream = row.GetStream(column);
        await stream.ReadExactlyAsync(bytes.AsMemory(0, length), cancellationToken);
        return new RawJson(bytes.AsMemory(0, length));
    }
}
