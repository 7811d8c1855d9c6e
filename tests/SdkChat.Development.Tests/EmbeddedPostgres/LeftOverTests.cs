using System.Globalization;
using SdkChat.Development.EmbeddedPostgres;

namespace SdkChat.Development.Tests.EmbeddedPostgres;

public sealed class LeftOverTests
{
    private readonly string _cluster = Directory.CreateTempSubdirectory("sdkchat-leftover-").FullName;

    private string PidFile => Path.Combine(_cluster, "postmaster.pid");

    [TearDown]
    public void Remove() => File.Delete(PidFile);

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_cluster, recursive: true);

    [Test]
    public async Task EndAsync_NumberIsAnotherProcessByNow_LeavesThatAloneAndRemovesTheFile()
    {
        // PostgreSQL would refuse to start at the sight of any live process with this number: this one, for instance.
        await File.WriteAllTextAsync(PidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");

        await LeftOver.EndAsync(_cluster, default);

        File.Exists(PidFile).Should().BeFalse();
    }

    [TestCase("")]
    [TestCase("nonsense")]
    [TestCase("-1")]
    [TestCase("999999999")]
    public async Task EndAsync_NumberOfNoProcess_RemovesTheFile(string text)
    {
        await File.WriteAllTextAsync(PidFile, text);

        await LeftOver.EndAsync(_cluster, default);

        File.Exists(PidFile).Should().BeFalse();
    }

    [Test]
    public void Runs_NoFile_IsFalse() => LeftOver.Runs(_cluster).Should().BeFalse();
}
