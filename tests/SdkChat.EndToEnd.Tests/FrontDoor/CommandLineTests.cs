using SdkChat.EndToEnd.Tests.FrontDoor.Support;
using SdkChat.TestSupport.Documents;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary>What is understood, what is not, and what Production refuses.</summary>
public sealed class CommandLineTests
{
    private static readonly (string, string) Production = ("ASPNETCORE_ENVIRONMENT", "Production");
    private static readonly (string, string) Database = ("ConnectionStrings__SdkChat", "Host=127.0.0.1;Port=1;Username=x;Database=x");

    [TestCase("")]
    [TestCase("help")]
    [TestCase("--help")]
    public async Task Help_HoweverAsked_ListsTheVerbs(string arguments)
    {
        var outcome = await RunAsync(arguments);

        outcome.Should().Match<Finished>(finished => finished.Code == 0 && finished.Error.Length == 0);
        outcome.Output.Should().ContainAll("up ", "migrate ", "token ", "version ", "help ");
    }

    [TestCase("up --help")]
    [TestCase("help up")]
    [TestCase("migrate --help")]
    [TestCase("token tenant --help")]
    [TestCase("help token backoffice")]
    public async Task Help_OfAVerb_ShowsItsOptionsAndExamples(string arguments)
    {
        var outcome = await RunAsync(arguments);

        outcome.Should().Match<Finished>(finished => finished.Code == 0 && finished.Error.Length == 0);
        outcome.Output.Should().ContainAll("--data", "Examples:\n  ./sdkchat ");
    }

    [Test]
    public async Task OpenApi_InAnyEnvironment_IsTheCommittedDocument()
    {
        var outcome = await SdkChatProgram.RunAsync(["openapi"], Production);

        outcome.Output.Should().Be(await File.ReadAllTextAsync(ApiDocument.File));
    }

    [TestCase("version")]
    [TestCase("--version")]
    public async Task Version_HoweverAsked_IsOneLine(string arguments)
    {
        var outcome = await RunAsync(arguments);

        outcome.Output.Should().MatchRegex(@"\A\d+\.\d+\.\d+\S*\n\z");
    }

    [TestCase("frob", "sdkchat has no verb 'frob'. Try: ./sdkchat --help")]
    [TestCase("tken", "*'tken'; did you mean 'token'? Try: ./sdkchat --help")]
    [TestCase("help frob", "*'frob'*")]
    [TestCase("help tken", "*'tken'; did you mean 'token'? Try: ./sdkchat --help")]
    [TestCase("up --dat x", "'up' has no option '--dat'; did you mean '--data'? Try: ./sdkchat up --help")]
    [TestCase("up extra", "*'extra'*")]
    [TestCase("tenant disable demo extra", "*'disable'*'extra'. Try*")]
    [TestCase("up --urls", "*--urls*")]
    [TestCase("token", "'token' needs one of: tenant, backoffice*")]
    [TestCase("token tenant", "*--tenant*")]
    [TestCase("token backoffice --ttl soon", "*--ttl*")]
    [TestCase("token backoffice --ttl 0", "*--ttl*")]
    [TestCase("token backoffice --ttl 9999999999", "*--ttl*")]
    public async Task Verb_NotUnderstood_SaysSoInOneLineAndEndsWithTwo(string arguments, string wildcard)
    {
        var outcome = await RunAsync(arguments);

        outcome.ShouldFailInOneLine(2, wildcard);
    }

    [TestCase("foo")]
    [TestCase("http://127.0.0.1:port")]
    [TestCase("http://127.0.0.1:99999")]
    [TestCase("http://127.0.0.1:5080/path")]
    [TestCase("ftp://127.0.0.1:5080")]
    [TestCase("http://127.0.0.1:5080;nonsense")]
    public async Task Up_BadAddress_SaysSoInOneLine(string urls)
    {
        var outcome = await SdkChatProgram.RunAsync(["up", "--urls", urls]);

        outcome.ShouldFailInOneLine(1, "*is no address to listen on*");
    }

    [Test]
    public async Task Up_BadConnectionString_SaysSoInOneLine()
    {
        var outcome = await SdkChatProgram.RunAsync(["migrate"], ("ConnectionStrings__SdkChat", "Hots=db;Password=hunter2"));

        outcome.ShouldFailInOneLine(1, "ConnectionStrings__SdkChat*");
        outcome.Error.Should().NotContain("hunter2");
    }

    [Test]
    public async Task Up_InProductionWithNothingSet_NamesWhatIsMissingInOneLine()
    {
        var outcome = await SdkChatProgram.RunAsync(["up"], Production);

        outcome.ShouldFailInOneLine(1, "*ConnectionStrings__SdkChat*Authentication__Tenant*Authentication__Backoffice*Pipeline__BaseUrl*");
    }

    [Test]
    public async Task Up_InProductionWithAWeakSecret_NamesItBeforeItAsksTheDatabase()
    {
        var outcome = await SdkChatProgram.RunAsync(
            ["up"], Production, Database, ("Pipeline__BaseUrl", "https://pipeline.example"),
            ("Authentication__Tenant__Secrets__0", "weak"), ("Authentication__Backoffice__Secrets__0", new string('b', 32)));

        outcome.ShouldFailInOneLine(1, "*Authentication:Tenant:Secrets:0*");
    }

    [TestCase("token tenant --tenant demo")]
    [TestCase("token backoffice")]
    [TestCase("migrate")]
    public async Task Verb_InProductionWithNothingSet_IsRefusedInOneLine(string arguments)
    {
        var outcome = await SdkChatProgram.RunAsync(arguments.Split(' '), Production);

        outcome.ShouldFailInOneLine(1, "*Production*");
    }

    private static Task<Finished> RunAsync(string arguments) =>
        SdkChatProgram.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
