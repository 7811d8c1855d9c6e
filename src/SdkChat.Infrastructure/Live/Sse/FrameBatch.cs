using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>Frames that are held back until the whole batch is published, by tenant, in order.</summary>
internal sealed class FrameBatch
{
    /// <summary>A larger piece would not fit into the reader's socket.</summary>
    private const int MaxPieceBytes = 64 * 1024;

    private readonly Dictionary<TenantId, List<SseFrame>> _frames = [];

    public void Add(TenantId tenant, SseFrame frame)
    {
        if (!_frames.TryGetValue(tenant, out var frames))
            _frames.Add(tenant, frames = []);
        frames.Add(frame);
    }

    /// <summary>The frames of each piece.</summary>
    public IEnumerable<(TenantId Tenant, SseFrame[] Frames)> Pieces()
    {
        foreach (var (tenant, frames) in _frames)
        {
            var begin = 0;
            while (begin < frames.Count)
            {
                var (end, bytes) = (begin, 0);
                while (end < frames.Count && (end == begin || bytes + frames[end].Length <= MaxPieceBytes))
                    bytes += frames[end++].Length;
                yield return (tenant, [.. frames[begin..end]]);
                begin = end;
            }
        }
    }
}
