using FsCheck.Fluent;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Tests.Common.Paging;

public sealed class PageCursorTests
{
    [FsCheck.NUnit.Property]
    public bool TryParse_OfAnyKey_GivesTheKeyBack(Guid chat, uint seconds, ushort milliseconds)
    {
        var key = new ChatKey(DateTimeOffset.FromUnixTimeMilliseconds((seconds * 1000L) + (milliseconds % 1000)), new ChatId(chat));

        return PageCursor.TryParse(PageCursor.After(key).ToString(), out var after) && after.Position == new PagePosition.After(key)
            && PageCursor.TryParse(PageCursor.Before(key).ToString(), out var before) && before.Position == new PagePosition.Before(key);
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public FsCheck.Property TryParse_OfAnyText_NeverThrows() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(text => text is not null), text =>
        {
            _ = PageCursor.TryParse(text, out _);
        });

    [Test]
    public void TryParse_FirstAndLast_AreTheEnds()
    {
        PageCursor.TryParse(PageCursor.First.ToString(), out var first).Should().BeTrue();
        PageCursor.TryParse(PageCursor.Last.ToString(), out var last).Should().BeTrue();

        first.Position.Should().Be(new PagePosition.Offset(0));
        last.Position.Should().Be(new PagePosition.Last());
    }

    [TestCase("")]
    [TestCase("AA")]
    [TestCase("BQ")]
    [TestCase("AQI")]
    [TestCase("Aw")]
    [TestCase("not a cursor")]
    [TestCase("%00")]
    public void TryParse_WhatIsNoCursor_IsRefused(string text) => PageCursor.TryParse(text, out _).Should().BeFalse();

    [Test]
    public void ToString_OfTheEnds_IsAsBefore()
    {
        PageCursor.First.ToString().Should().Be("AQ", "clients keep links");
        PageCursor.Last.ToString().Should().Be("Ag");
        PageCursor.After(new ChatKey(DateTimeOffset.UnixEpoch, new ChatId(Guid.Empty))).ToString()
            .Should().Be("AwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    }

    [Test]
    public void TryParse_InstantBeyondTheCalendar_IsRefused()
    {
        var bytes = new byte[25];
        bytes[0] = 3;
        bytes[1] = 0x7F;

        PageCursor.TryParse(System.Buffers.Text.Base64Url.EncodeToString(bytes), out _).Should().BeFalse();
    }

    [Test]
    public void TryParse_HugeText_IsRefusedUnread() => PageCursor.TryParse(new string('A', 1_000_000), out _).Should().BeFalse();
}
