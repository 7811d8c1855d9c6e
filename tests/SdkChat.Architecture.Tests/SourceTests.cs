using SdkChat.Architecture.Tests.Rules;

namespace SdkChat.Architecture.Tests;

public sealed class SourceTests
{
    [Test]
    public void Sql_Lives_InSqlClasses() =>
        SourceRules.SqlOutOfPlace([.. Codebase.Sources("src"), .. Codebase.Sources("tools")]).Should().BeEmpty();

    [Test]
    public void Sources_Ask_OnlyTheTimeProvider() =>
        SourceRules.ClocksOutOfReach([.. Codebase.Sources("src"), .. Codebase.Sources("tools")]).Should().BeEmpty();

    /// <summary>
    /// But for the fault suite, which is no test but a load: its pauses are the rhythm of shoppers, and how long a fault lasts.
    /// </summary>
    [Test]
    public void Tests_Never_Sleep() =>
        SourceRules.Sleeping(Codebase.Sources("tests").Where(file =>
                !file.Path.EndsWith("SourceTests.cs", StringComparison.Ordinal)
                && !file.Path.StartsWith("tests/SdkChat.Faults/", StringComparison.Ordinal)))
            .Should().BeEmpty();

    /// <summary>
    /// But for the contract suite, whose limits are the contract's own, for the fault suite, and for a test of how costly a body may be.
    /// </summary>
    [Test]
    public void Tests_Wait_ByTheSharedDeadlinesAlone()
    {
        SourceFile[] files =
        [
            .. Codebase.Sources("tests").Where(file =>
                !file.Path.EndsWith("SourceTests.cs", StringComparison.Ordinal)
                && !file.Path.StartsWith("tests/SdkChat.Faults", StringComparison.Ordinal)
                && !file.Path.StartsWith("tests/SdkChat.Contract/", StringComparison.Ordinal)
                && file.Path != "tests/SdkChat.Api.Tests/Http/JsonTests.cs"),
        ];

        SourceRules.ShortWaits(files).Should().BeEmpty();
        SourceRules.PickedPorts(files.Where(file => !file.Path.EndsWith("SdkChat.TestSupport/Programs.cs", StringComparison.Ordinal)))
            .Should().BeEmpty();
    }

    [Test]
    public void Tests_WaitOutsideOfPages() =>
        SourceRules.WaitsInPages(
            Codebase.Sources("tests").Where(file => !file.Path.StartsWith("tests/SdkChat.Architecture.Tests/", StringComparison.Ordinal)))
            .Should().BeEmpty();

    [Test]
    public void WaitsInPages_DeliberateViolation_IsFound() =>
        SourceRules.WaitsInPages([new SourceFile("X.cs", "await page.WaitForFunctionAsync(\"done\");")]).Should().Equal("X.cs");

    [Test]
    public void Options_AreRegistered_InOneWay() => SourceRules.OptionsOfTheirOwn(Codebase.Sources("src")).Should().BeEmpty();

    [TestCase("services.AddOptions<A>().BindConfiguration(A.Section);")]
    [TestCase("services.AddOptions<A>().Bind(section).ValidateOnStart();")]
    [TestCase("services.Configure<A>(configuration.GetSection(A.Section));")]
    public void OptionsOfTheirOwn_DeliberateViolation_IsFound(string text) =>
        SourceRules.OptionsOfTheirOwn([new SourceFile("src/X.cs", text)]).Should().Equal("src/X.cs");

    [TestCase("src/SdkChat.Application/X.cs", "var sql = \"select a from b\";")]
    [TestCase("src/SdkChat.Application/XSql.cs", "\"insert into b values (1)\"")]
    [TestCase("src/SdkChat.Infrastructure/X.cs", "\"delete from b\"")]
    [TestCase("src/SdkChat.Infrastructure/X.cs", "\"update b set a = 1\"")]
    public void SqlOutOfPlace_DeliberateViolation_IsFound(string path, string text) =>
        SourceRules.SqlOutOfPlace([new SourceFile(path, text)]).Should().Equal(path);

    [TestCase("DateTime.UtcNow")]
    [TestCase("DateTimeOffset.Now")]
    [TestCase("Stopwatch.StartNew()")]
    public void ClocksOutOfReach_DeliberateViolation_IsFound(string text) =>
        SourceRules.ClocksOutOfReach([new SourceFile("X.cs", text)]).Should().Equal("X.cs");

    [TestCase("await task.WaitAsync(TimeSpan.FromSeconds(20));")]
    [TestCase("[CancelAfter(120_000)]")]
    [TestCase("using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));")]
    [TestCase("new HttpClient { Timeout = TimeSpan.FromSeconds(10) }")]
    [TestCase("SetDefaultExpectTimeout(60_000);")]
    [TestCase("private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);")]
    [TestCase("Stopwatch.GetElapsedTime(told).Should().BeLessThan(TimeSpan.FromSeconds(2));")]
    [TestCase("TimeProvider.System.GetElapsedTime(started).TotalSeconds.Should().BeLessThan(atMost);")]
    public void ShortWaits_DeliberateViolation_IsFound(string text) =>
        SourceRules.ShortWaits([new SourceFile("X.cs", text)]).Should().ContainSingle();

    [TestCase("await task.WaitAsync(Deadlines.Soon);")]
    [TestCase("Stopwatch.GetElapsedTime(told).Should().BeLessThan(TimeSpan.FromSeconds(25));")]
    [TestCase("Stopwatch.GetElapsedTime(told).Should().BeLessThan(Deadlines.Soon);")]
    public void ShortWaits_OfTheSharedDeadlines_AreNone(string text) =>
        SourceRules.ShortWaits([new SourceFile("X.cs", text)]).Should().BeEmpty();

    [Test]
    public void PickedPorts_DeliberateViolation_IsFound() =>
        SourceRules.PickedPorts([new SourceFile("X.cs", "private static int FreePort()")]).Should().Equal("X.cs");

    [TestCase("await Task.Delay(100);")]
    [TestCase("Thread.Sleep(1);")]
    public void Sleeping_DeliberateViolation_IsFound(string text) =>
        SourceRules.Sleeping([new SourceFile("X.cs", text)]).Should().Equal("X.cs");
}
