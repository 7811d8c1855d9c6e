using SdkChat.Domain.Common;

namespace SdkChat.Domain.Tests.Common;

public sealed class RawJsonTests
{
    [Test]
    public void Equals_SameBytes_IsEqualAndHashesAlike()
    {
        var (one, two) = (RawJson.FromText("[1]"), RawJson.FromText("[1]"));

        (one == two).Should().BeTrue();
        one.GetHashCode().Should().Be(two.GetHashCode());
    }

    [TestCase("1", "1.0")]
    [TestCase("[1]", "[ 1]")]
    public void Equals_SameValueInOtherBytes_Differs(string one, string two) =>
        (RawJson.FromText(one) != RawJson.FromText(two)).Should().BeTrue();
}
