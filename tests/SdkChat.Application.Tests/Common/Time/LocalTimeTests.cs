using SdkChat.Application.Common.Time;

namespace SdkChat.Application.Tests.Common.Time;

public sealed class LocalTimeTests
{
    [TestCase("2026-04-23", "UTC", "2026-04-23T00:00:00Z")]
    [TestCase("2026-04-23", "Asia/Tokyo", "2026-04-22T15:00:00Z")]
    [TestCase("2026-04-23", "Asia/Kolkata", "2026-04-22T18:30:00Z")]
    [TestCase("2026-04-23", "Asia/Kathmandu", "2026-04-22T18:15:00Z")]
    [TestCase("2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00Z")]
    [TestCase("2026-03-30", "Europe/Berlin", "2026-03-29T22:00:00Z")]
    [TestCase("2026-10-26", "Europe/Berlin", "2026-10-25T23:00:00Z")]
    [TestCase("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z", Description = "Clocks go from 24:00 to 01:00.")]
    [TestCase("2025-11-02", "America/Havana", "2025-11-02T04:00:00Z", Description = "At 01:00 clocks go back to midnight.")]
    [TestCase("2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00Z", Description = "A day that was left out.")]
    [TestCase("0001-01-01", "Asia/Tokyo", "0001-01-01T00:00:00Z")]
    [TestCase("9999-12-31", "Pacific/Pago_Pago", "9999-12-31T11:00:00Z")]
    public void StartOf_DayOfAChangeOfClocks_IsItsFirstInstant(string date, string zone, string expected)
    {
        TimeZoneName.TryParse(zone, out var name).Should().BeTrue();

        LocalTime.StartOf(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), name)
            .Should().Be(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
    }

    [TestCase("Tokyo Standard Time")]
    [TestCase("localtime")]
    [TestCase("Europe/../Europe/Berlin")]
    [TestCase("")]
    [TestCase("zone.tab")]
    [TestCase("Mars/Olympus")]
    [TestCase(null)]
    public void TryParse_NoNameOfTheDatabase_IsFalse(string? text) => TimeZoneName.TryParse(text, out _).Should().BeFalse();

    [TestCase("2026-04-23T05:28:08Z", "2026-04-23T05:28:08Z")]
    [TestCase("2026-04-23T05:28Z", "2026-04-23T05:28:00Z")]
    [TestCase("2026-04-23T05:28:08.25-03:30", "2026-04-23T08:58:08.25Z")]
    public void Bound_Instant_IsItself(string text, string expected)
    {
        TimeBound.TryParse(text, out var bound).Should().BeTrue();

        bound.Resolve(TimeZoneName.Utc).Should().Be(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
    }

    [TestCase("2026-04-23T24:00:00Z")]
    [TestCase("2026-04-23 05:28:08Z")]
    [TestCase("2026-4-23")]
    [TestCase("20260423")]
    [TestCase("２０２６-04-23")]
    [TestCase("2026-04-23T05:28:08.Z")]
    [TestCase("2026-04-23T05:28:08+9")]
    [TestCase("now")]
    public void Bound_OfAnotherShape_IsNone(string text) => TimeBound.TryParse(text, out _).Should().BeFalse();
}
