using SdkChat.Architecture.Tests.Rules;

namespace SdkChat.Architecture.Tests;

public sealed class SourceTests
{
    [Test]
    public void Sql_Lives_InTheSqlClassesOfInfrastructure() => SourceRules.SqlOutOfPlace(House.Sources("src")).Should().BeEmpty();

    [Test]
    public void Sources_Ask_OnlyTheTimeProvider() => SourceRules.ClocksOutOfReach(House.Sources("src")).Should().BeEmpty();

    /// <summary>But for the fault suite, which is no test but a load: its pauses are the rhythm of shoppers, and how long a fault lasts.</summary>
    [Test]
    public void Tests_Never_Sleep() =>
        SourceRules.Sleeping(House.Sources("tests").Where(file =>
                !file.Path.EndsWith("SourceTests.cs", StringComparison.Ordinal) && !file.Path.StartsWith("tests/SdkChat.Faults/", StringComparison.Ordinal)))
            .Should().BeEmpty();

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

    [TestCase("await Task.Delay(100);")]
    [TestCase("Thread.Sleep(1);")]
    public void Sleeping_DeliberateViolation_IsFound(string text) =>
        SourceRules.Sleeping([new SourceFile("X.cs", text)]).Should().Equal("X.cs");
}
