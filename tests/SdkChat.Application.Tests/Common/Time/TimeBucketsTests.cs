using System.Globalization;
using SdkChat.Application.Common.Time;

namespace SdkChat.Application.Tests.Common.Time;

public sealed class TimeBucketsTests
{
    [TestCase(
        "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", "Europe/Berlin", "2026-03-28T23:00:00Z 2026-03-29T22:00:00Z",
        Description = "A day of 23 hours.")]
    [TestCase(
        "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z", "Europe/Berlin", "2026-10-24T22:00:00Z 2026-10-25T23:00:00Z",
        Description = "A day of 25 hours.")]
    [TestCase("2026-04-22T18:30:00Z", "2026-04-24T00:00:00Z", "Asia/Kolkata", "2026-04-23T18:30:00Z")]
    [TestCase(
        "2011-12-29T12:00:00Z", "2012-01-01T00:00:00Z", "Pacific/Apia", "2011-12-30T10:00:00Z 2011-12-31T10:00:00Z",
        Description = "A day that was left out.")]
    public void Cut_IntoDays_BeginsEachWithTheDayOfTheZone(string from, string to, string zone, string between) =>
        Bounds(from, to, BucketUnit.Day, zone).Should().Equal([At(from), .. between.Split(' ').Select(At), At(to)]);

    [Test]
    public void Cut_IntoWeeks_BeginsThemOnMonday() =>
        Bounds("2026-04-22T00:00:00Z", "2026-05-05T00:00:00Z", BucketUnit.Week, "Asia/Tokyo").Should().Equal(
            At("2026-04-22T00:00:00Z"), At("2026-04-26T15:00:00Z"), At("2026-05-03T15:00:00Z"), At("2026-05-05T00:00:00Z"));

    [Test]
    public void Cut_IntoHours_FollowsAZoneOfHalfHours() =>
        Bounds("2026-04-22T00:00:00Z", "2026-04-22T02:00:00Z", BucketUnit.Hour, "Asia/Kolkata").Should().Equal(
            At("2026-04-22T00:00:00Z"), At("2026-04-22T00:30:00Z"), At("2026-04-22T01:30:00Z"), At("2026-04-22T02:00:00Z"));

    [TestCase(BucketUnit.Hour)]
    [TestCase(BucketUnit.Day)]
    [TestCase(BucketUnit.Week)]
    public void Cut_AllOfTime_EndsAfterTheMostBuckets(BucketUnit unit)
    {
        foreach (var zone in new[] { "UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago" })
        {
            TimeZoneName.TryParse(zone, out var name).Should().BeTrue();
            TimeBuckets.Cut(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, unit, name, 400)
                .Should().HaveCount(402).And.BeInAscendingOrder().And.OnlyHaveUniqueItems();
            TimeBuckets.Cut(DateTimeOffset.MaxValue.AddDays(-20), DateTimeOffset.MaxValue, unit, name, 4000)
                .Should().BeInAscendingOrder().And.OnlyHaveUniqueItems().And.EndWith(DateTimeOffset.MaxValue);
        }
    }

    private static IReadOnlyList<DateTimeOffset> Bounds(string from, string to, BucketUnit unit, string zone)
    {
        TimeZoneName.TryParse(zone, out var name).Should().BeTrue();
        return TimeBuckets.Cut(At(from), At(to), unit, name, 400);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
