using Microsoft.Extensions.Configuration;
using SdkChat.Api.CommandLine.Errors;

namespace SdkChat.Api.Tests.CommandLine;

public sealed class ErrorMessageTests
{
    private sealed record Settings(int Seconds, bool Enabled, DayOfWeek Day);

    [TestCase("Seconds", "abc")]
    [TestCase("Seconds", "99999999999")]
    [TestCase("Enabled", "maybe")]
    [TestCase("Day", "Someday")]
    public void Setting_OfAnotherType_IsOneLineThatNamesIt(string name, string value)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Live:Seconds"] = "1", ["Live:Enabled"] = "true", ["Live:Day"] = "Monday", [$"Live:{name}"] = value,
                })
            .Build();
        var bind = () => settings.GetSection("Live").Get<Settings>();

        var failure = bind.Should().Throw<Exception>().Which;

        ErrorMessage.From(failure).Should().Contain($"Live:{name}").And.Contain(value).And.NotContain("\n");
    }

    [Test]
    public void Failure_ThatNobodyExpects_KeepsItsTrace() =>
        ErrorMessage.From(new InvalidOperationException("broken", new FormatException())).Should().BeNull();
}
