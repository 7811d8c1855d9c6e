using Microsoft.AspNetCore.Http;
using SdkChat.Api.Http;

namespace SdkChat.Api.Tests.Http;

public sealed class PreferHeaderTests
{
    [TestCase("wait=20", 20)]
    [TestCase("wait = 20", 20)]
    [TestCase("WAIT=\"20\"", 20)]
    [TestCase("wait=20; foo=bar", 20)]
    [TestCase("respond-async, wait=0", 0)]
    [TestCase("a=\"x, wait=1\", wait=2", 2)]
    [TestCase("a=\"\\\", wait=1\", wait=2", 2)]
    [TestCase("wait=3, wait=4", 3)]
    [TestCase("wait=2147483647", int.MaxValue)]
    [TestCase(", ,wait=5", 5)]
    public void GetWait_OfAValidHeader_IsTheFirst(string header, int wait) => GetWait(header).Should().Be(wait);

    [TestCase("")]
    [TestCase("wait")]
    [TestCase("wait=")]
    [TestCase("wait=-1")]
    [TestCase("wait=1.5")]
    [TestCase("wait=٥")]
    [TestCase("wait=2147483648")]
    [TestCase("wait=abc, wait=5")]
    [TestCase("await=5")]
    [TestCase("x=\"unclosed, wait=5")]
    [TestCase("wait=5 6")]
    public void GetWait_OfAMalformedHeader_IsIgnored(string header) => GetWait(header).Should().BeNull();

    [Test]
    public void GetWait_OfSeveralHeaders_IsTheFirst() => GetWait("respond-async", "wait=7", "wait=8").Should().Be(7);

    [Test]
    public void GetWait_OfAHostileHeader_TakesTimeInProportionToItsLength() =>
        GetWait(new string('"', 16_001) + new string('\\', 16_001)).Should().BeNull();

    private static int? GetWait(params string[] values)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers[PreferHeader.Name] = values;
        return PreferHeader.GetWait(context.Request);
    }
}
