using System.Net;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary>What a first <c>up</c> brings, and that a second one adds nothing to it.</summary>
public sealed class DemoDataTests
{
    [Test]
    public async Task Up_Twice_HasTheSameDemoAndTheSameGoodKey()
    {
        await using var instance = new Instance();

        var first = await UpAsync(instance);
        var second = await UpAsync(instance);

        second.Should().Be(first);
        File.GetUnixFileMode(Path.Combine(instance.Folder, "development-sdk-keys.json"))
            .Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static async Task<(string Key, long Chats, long Keys)> UpAsync(Instance instance)
    {
        var (program, address) = await instance.UpAsync(demo: true);
        await using var _ = program;
        var key = (await program.LineAsync("  SDK key")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1];
        var curl = await program.LineAsync("curl ");

        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Add("X-API-KEY", key);
        using var validation = await client.GetAsync(new Uri("/v1/validation", UriKind.Relative));
        validation.StatusCode.Should().Be(HttpStatusCode.OK);
        curl.Should().Contain("/api/v1/sdk-chat");

        var rows = new Rows(instance.ConnectionString);
        var seen = (
            key, await rows.ScalarAsync<long>("select count(*) from sdk_chat"),
            await rows.ScalarAsync<long>("select count(*) from api_key"));
        program.Signal("INT");
        (await program.EndAsync()).Code.Should().Be(0);
        await instance.ServerShouldEndAsync();
        return seen;
    }
}
