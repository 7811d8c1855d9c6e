using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Hub;

/// <summary>Frames that are held back until all that was read together has been made, by tenant, in order.</summary>
internal sealed class FrameBatch
{
    /// <summary>More in one piece would only fill the reader's socket and come back.</summary>
    private const int MostBytes = 64 * 1024;

    private readonly Dictionary<TenantId, List<LiveFrame>> _frames = [];

    public void Add(TenantId tenant, LiveFrame frame)
    {
        if (!_frames.TryGetValue(tenant, out var frames))
            _frames.Add(tenant, frames = []);
        frames.Add(frame);
    }

    /// <summary>What goes out in one piece each.</summary>
    public IEnumerable<(TenantId Tenant, LiveFrame[] Frames)> Pieces()
    {
        foreach (var (tenant, frames) in _frames)
        {
            var begin = 0;
            while (begin < frames.Count)
            {
                var (end, bytes) = (begin, 0);
                while (end < frames.Count && (end == begin || bytes + frames[end].Length <= MostBytes))
                    bytes += frames[end++].Length;
                yield return (tenant, [.. frames[begin..end]]);
                begin = end;
            }
        }
    }
}
