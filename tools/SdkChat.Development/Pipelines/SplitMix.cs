namespace SdkChat.Development.Pipelines;

/// <summary>
/// SplitMix64: a small pseudo-random number generator whose sequence depends only on its seed. <see cref="Random"/> does not guarantee that
/// across runtimes. For generated data; never for secrets.
/// </summary>
internal sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A generator for a run: the same id gives the same sequence on every node.</summary>
    public static SplitMix For(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return new SplitMix(BitConverter.ToUInt64(bytes) ^ BitConverter.ToUInt64(bytes[8..]));
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 to <paramref name="limit"/>, exclusive.</summary>
    public int Below(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);

    /// <summary>From 0 to 1, exclusive.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];
}
