namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>Consecutive slots of one level (migrations 0028 and 0031).</summary>
/// <param name="Bucket">The bucket that they lie in, from 1; 0 where they lie in several. With a sign: the bucket before the bound, from 0.</param>
/// <param name="Level">1 quarters of an hour, 2 hours, 3 days, in UTC.</param>
/// <param name="Sign">
/// 0: the slots of a bucket. 1: they lie between an anchor and a later bound, so they are added to the bucket before the bound and taken from the one
/// after. -1: the bound is the earlier one, and it is the other way round.
/// </param>
internal sealed record SlotRun(int Bucket, int Level, DateTimeOffset Low, DateTimeOffset High, int Sign = 0)
{
    public const long Quarter = 15 * TimeSpan.TicksPerMinute;

    public const int SeveralBuckets = 0;

    private static readonly long[] Units = [Quarter, TimeSpan.TicksPerHour, TimeSpan.TicksPerDay];

    public long Slots => (High - Low).Ticks / Units[Level - 1];
}
