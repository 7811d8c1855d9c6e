using System.Net;
using System.Text.Json;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary>Run (F5) in an IDE: the first project of the solution, with the first profile of its <c>launchSettings.json</c>.</summary>
public sealed class LaunchSettingsTests
{
    private const string Project = "tools/SdkChat.Development";

    private static JsonElement Profile => JsonDocument.Parse(File.ReadAllText(Repository.Path($"{Project}/Properties/launchSettings.json")))
        .RootElement.GetProperty("profiles").EnumerateObject().First().Value;

    /// <summary>IDEs take the first project for the one to run.</summary>
    [Test]
    public void Solution_First_IsTheDevelopmentProgram() =>
        File.ReadLines(Repository.Path("SdkChat.sln")).First(line => line.StartsWith("Project(", StringComparison.Ordinal))
            .Should().Contain($"\"{Project.Replace('/', '\\')}\\SdkChat.Development.csproj\"");

    [Test]
    public async Task Profile_First_StartsADevelopmentInstanceThatServes()
    {
        await using var instance = new Instance();
        var settings = Profile.GetProperty("environmentVariables").EnumerateObject()
            .Select(setting => (setting.Name, setting.Value.GetString()!));
        var arguments = Profile.GetProperty("commandLineArgs").GetString()!.Split(' ');

        // A folder and a port of the test's own.
        await using var program = SdkChatProgram.Start(
            arguments, [.. settings, ("SDKCHAT_DATA", instance.Folder), ("ASPNETCORE_URLS", "http://127.0.0.1:0")]);

        var address = new Uri((await program.LineAsync("  API ")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]);
        (await program.LineAsync("  tenant demo")).Should().Contain("/console/sign-in/");
        using var client = new HttpClient();
        using var ready = await client.GetAsync(new Uri(address, "/health/ready"));
        ready.StatusCode.Should().Be(HttpStatusCode.OK);
        program.Signal("INT");
        (await program.EndAsync()).Code.Should().Be(0);
    }
}
