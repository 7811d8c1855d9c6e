using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SdkChat.Api.Tests.Support;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Profiles;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

/// <summary>A person wants to be forgotten, while the service runs.</summary>
public sealed class ErasureTests() : SdkFixture(nodes: 1)
{
    private const string Secret = "Zanzibar";

    [Test]
    public async Task Erase_Person_LeavesNothingOfThemInTheDatabase()
    {
        var profile = await ProfileAsync($$"""{"name":"{{Secret}}","locale":"ko"}""");
        await DataAsync("POST", $"/v1/profile/{profile}/session/start");
        await DataAsync("POST", $"/v1/profile/{profile}/session/stamp", $$$"""{"status":"ENTERED","meta":{"at":"{{{Secret}}}"}}""");
        var chat = await CompletedChatAsync(
            profile, TestPipeline.Completed(todos: $"""["{Secret}"]""", notifications: $"""["{Secret}"]"""));
        await DataAsync("POST", BackList(profile), idempotencyKey: $"{profile}-1");
        await DataAsync("POST", Chats(profile), $$"""{"prompt":"{{Secret}}"}""", idempotencyKey: $"{profile}-2");
        (await TablesWithAsync(Secret)).Should().NotBeEmpty("there is something to erase");

        var erasure = await EraseAsync(profile);

        (erasure!.Chats, erasure.Sessions).Should().Be((2, 1));
        (await TablesWithAsync(Secret)).Should().BeEmpty();
        (await TablesWithAsync(Hex(Secret))).Should().BeEmpty("bytes are written in hexadecimal");
        (await TablesWithAsync(profile.ToString())).Should().BeEmpty();
        (await TablesWithAsync(chat.ToString())).Should().BeEmpty();
        (await TablesWithAsync(erasure.Id.ToString())).Should().Equal("erasure");
    }

    [Test]
    public async Task Erase_Person_CountsFollowAndNobodyElseIsTouched()
    {
        var (person, other) = (await ProfileAsync(), await ProfileAsync());
        await CompletedChatAsync(person);
        var kept = await CompletedChatAsync(other);
        var before = await TotalAsync("");
        await Node.Services.GetRequiredService<HistoryCountMaintenance>().ApplyPendingAsync(default);
        await CompletedChatAsync(person);

        await EraseAsync(person);

        (await TotalAsync("")).Should().Be(before - 1, "one of the two was there before, and both went");
        (await TotalAsync($"profile_id={person}")).Should().Be(0);
        (await TotalAsync($"profile_id={other}")).Should().Be(1);
        (await DataAsync("GET", Chat(other, kept))).GetProperty("status").GetString().Should().Be("completed");
        (await Node.Services.GetRequiredService<HistoryCountMaintenance>().RepairAsync(checkOnly: true, default))
            .NothingToDo.Should().BeTrue();
    }

    [Test]
    public async Task Erase_Person_IsUnknownToEverybodyAfterwards()
    {
        var profile = await ProfileAsync();
        var chat = await CompletedChatAsync(profile);
        const string Key = "the same request";
        await DataAsync("POST", Chats(profile), """{"prompt":"x"}""", idempotencyKey: Key);

        await EraseAsync(profile);

        (await FailureAsync("GET", $"/v1/profile/{profile}")).Code.Should().Be("PROFILE_NOT_FOUND");
        (await FailureAsync("GET", Chat(profile, chat))).Code.Should().Be("PROFILE_NOT_FOUND");
        (await FailureAsync("POST", Chats(profile), """{"prompt":"x"}""", idempotencyKey: Key))
            .Code.Should().Be("PROFILE_NOT_FOUND", "no answer is kept for a retry");
        using var detail = await Node.Client.SendAsync(ApiCalls.Request($"/api/v1/sdk-chat/{chat}", token: Node.TenantToken(Demo)));
        (await detail.FailureCodeAsync()).Should().Be("CHAT_NOT_FOUND");
    }

    [Test]
    public async Task Erase_Twice_DoesNothingTheSecondTime()
    {
        var profile = await ProfileAsync();

        (await EraseAsync(profile)).Should().NotBeNull();
        (await EraseAsync(profile)).Should().BeNull();
        (await EraseAsync(Guid.NewGuid())).Should().BeNull();
    }

    /// <summary>Retention may be quicker than the day for which answers are kept: a trigger of an old chat has one of today.</summary>
    [Test]
    public async Task Erase_AfterRetentionTookTheChats_FindsTheAnswersThatAreKeptAllTheSame()
    {
        var profile = await ProfileAsync();
        var chat = await CompletedChatAsync(profile, TestPipeline.Completed(notifications: $"""["{Secret}-kept"]"""));
        await DataAsync("POST", BackList(profile), idempotencyKey: $"{profile}-3");
        await Rows.ExecuteAsync(
            "delete from pipeline_run where chat_id = @chat; delete from chat_event where chat_id = @chat; delete from sdk_chat "
                + "where chat_id = @chat",
            new { chat });
        (await TablesWithAsync(Hex($"{Secret}-kept"))).Should().Equal("idempotency_key");

        await EraseAsync(profile);

        (await TablesWithAsync(Hex($"{Secret}-kept"))).Should().BeEmpty();
        (await TablesWithAsync(chat.ToString())).Should().BeEmpty();
    }

    [Test]
    public async Task Erase_OfAnotherTenant_FindsNothing()
    {
        var profile = await ProfileAsync();

        (await EraseAsync(profile, "acme")).Should().BeNull();
        (await DataAsync("GET", $"/v1/profile/{profile}")).GetProperty("profile_id").GetGuid().Should().Be(profile);
    }

    [Test]
    public async Task Erase_DeletedProfile_StillHasSomethingToErase()
    {
        var profile = await ProfileAsync($$"""{"name":"{{Secret}}-deleted"}""");
        await CompletedChatAsync(profile);
        await DataAsync("DELETE", $"/v1/profile/{profile}");

        (await EraseAsync(profile))!.Chats.Should().Be(1);
        (await TablesWithAsync($"{Secret}-deleted")).Should().BeEmpty();
    }

    /// <summary>The run is with the pipeline, which has its answer in hand, and the node that asked for it is about to store it.</summary>
    [Test]
    public async Task Erase_WhileARunIsAnswered_StoresNothingLate()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        Pipeline.OnAsk = async context =>
        {
            asked.TrySetResult();
            await answer.Task;
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(TestPipeline.Completed(todos: $"""["{Secret}-late"]""")));
        };
        var poll = SendAsync("GET", Chat(profile, chat));
        await asked.Task;

        (await EraseAsync(profile))!.Chats.Should().Be(1);
        answer.SetResult();

        using var response = await poll;
        (await response.FailureCodeAsync()).Should().Be("PROFILE_NOT_FOUND");
        (await TablesWithAsync(Hex($"{Secret}-late"))).Should().BeEmpty();
        (await EventsAsync(chat, "chat_completed")).Should().Be(0);
    }

    /// <summary>Kickoffs and sessions that wait at the lock find nobody when it opens.</summary>
    [TestCase("POST", "/v1/chat/{0}/recommend", """{"prompt":"late"}""", null)]
    [TestCase("POST", "/v1/chat/{0}/recommend", """{"prompt":"late"}""", "with a key")]
    [TestCase("POST", "/v1/profile/{0}/session/start", null, null)]
    public async Task Erase_WhileACallWaitsForIt_AnswersThatThereIsNoProfile(string method, string path, string? body, string? key)
    {
        var profile = await ProfileAsync();
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, $"select from sdk_profile where profile_id = '{profile}' for update");
        var call = SendAsync(
            method, string.Format(System.Globalization.CultureInfo.InvariantCulture, path, profile), body, idempotencyKey: key);
        await Eventually.TrueAsync(() => Rows.ScalarAsync<bool>(
            "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"));

        await ExecuteAsync(connection, $"delete from sdk_profile where profile_id = '{profile}'");
        await transaction.CommitAsync();

        using var response = await call;
        (await response.FailureCodeAsync()).Should().Be("PROFILE_NOT_FOUND");
        (await TablesWithAsync(profile.ToString())).Should().BeEmpty();
    }

    [Test]
    public async Task Erase_WhileItsAppGoesOn_LeavesNothingBehind()
    {
        var profile = await ProfileAsync();
        Pipeline.Answer = _ => TestPipeline.Completed();
        var calls = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var n = 0; n < 1000; n++)
            {
                using var started = await SendAsync("POST", Chats(profile), """{"prompt":"Dinner ideas?"}""");
                if (!started.IsSuccessStatusCode)
                    return await started.FailureCodeAsync();
                var chat = (await started.DataAsync()).GetProperty("chat_id").GetGuid();
                using var polled = await SendAsync("GET", Chat(profile, chat));
            }

            return "never ended";
        })).ToArray();
        await Eventually.TrueAsync(
            () => Rows.ScalarAsync<bool>("select count(*) > 30 from sdk_chat where profile_id = @profile", new { profile }));

        (await EraseAsync(profile))!.Chats.Should().BeGreaterThan(30);

        (await Task.WhenAll(calls)).Should().OnlyContain(code => code == "PROFILE_NOT_FOUND");
        (await TablesWithAsync(profile.ToString())).Should().BeEmpty();
        (await Node.Services.GetRequiredService<HistoryCountMaintenance>().RepairAsync(checkOnly: true, default))
            .NothingToDo.Should().BeTrue();
    }

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));

    private async Task<Erasure?> EraseAsync(Guid profile, string tenant = "demo")
    {
        await using var scope = Node.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new EraseProfileCommand(tenant, new ProfileId(profile)));
    }

    private async Task<long> TotalAsync(string query)
    {
        using var response = await Node.Client.SendAsync(ApiCalls.Request($"/api/v1/sdk-chat?{query}", token: Node.TenantToken(Demo)));
        return (await response.DataAsync()).GetProperty("total").GetInt64();
    }

    /// <summary>Every table of the schema that has this text in a row, however deep.</summary>
    private async Task<string[]> TablesWithAsync(string text)
    {
        var tables = JsonSerializer.Deserialize<string[]>(await Rows.ScalarAsync<string>(
            "select json_agg(relname) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"))!;
        var found = new List<string>();
        foreach (var table in tables)
        {
            if (await Rows.ScalarAsync<bool>($"select exists (select from {table} t where strpos(t::text, @text) > 0)", new { text }))
                found.Add(table);
        }

        return [.. found];
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
