using SdkChat.Api.CommandLine;
using SdkChat.Infrastructure.Chats.Counts;

namespace SdkChat.Api.Tests.CommandLine;

public sealed class RepairCommandTests
{
    [TestCase(true, false, 0, 0, "Removed those events")]
    [TestCase(false, true, 0, 0, "Counted all chats again")]
    [TestCase(false, false, 2, 0, "Counted all chats again")]
    [TestCase(false, false, 3, 3, "Discarded the counts of errors and items")]
    [TestCase(true, false, 3, 1, "Removed those events", "Counted all chats again", "Discarded the counts of errors and items")]
    public void Done_AfterARepair_SaysWhatWasCountedAgain(
        bool isFeedForeign, bool areCountsForeign, int differences, int ofTexts, params string[] said)
    {
        CountDifference[] wrong = [.. Enumerable.Repeat(new CountDifference(), differences)];
        var report = new CountReport(areCountsForeign, wrong) { TextDifferences = ofTexts };

        RepairCommand.Done(isFeedForeign, report).Should().HaveSameCount(said)
            .And.AllSatisfy(step => said.Should().Contain(start => step.StartsWith(start, StringComparison.Ordinal)));
    }
}
