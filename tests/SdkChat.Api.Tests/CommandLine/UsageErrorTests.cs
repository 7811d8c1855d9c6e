using System.CommandLine;
using SdkChat.Api.CommandLine;
using SdkChat.Api.CommandLine.Help;

namespace SdkChat.Api.Tests.CommandLine;

public sealed class UsageErrorTests
{
    /// <summary>The word that is too many would be a valid argument if it came alone.</summary>
    [Test]
    public void Explain_OneArgumentTooMany_DoesNotCarryOutTheVerb()
    {
        var runs = 0;
        var verb = new Command("disable") { new Argument<string>("CODE") };
        verb.SetAction(_ => { runs++; });
        var parsed = new CommandProgram("./sdkchat", [verb]).Parse(["disable", "demo", "extra"]);

        UsageError.Explain(parsed).Should().Contain("'extra'");

        runs.Should().Be(0);
    }
}
