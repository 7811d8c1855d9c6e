using SdkChat.EndToEnd.Tests.FrontDoor.Support;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary>What an operator does before there is a page for it: in Production, against a configured database.</summary>
public sealed class OperatorTests
{
    private TestDatabase _database = null!;
    private Rows _rows = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _rows = new Rows(_database.ConnectionString);
        await _rows.TenantAsync("shop");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _database.DisposeAsync();

    [Test]
    public async Task Tenant_LifeOfOne_IsAddedListedDisabledAndEnabled()
    {
        var added = (await RunAsync("tenant", "add", "--tenant", "Acme", "--name", "아크메 식품")).Output;
        added.Should().StartWith("Added tenant 'acme', id ");
        (await RunAsync("tenant", "add", "acme")).ShouldFailInOneLine(1, "*'acme' already*");
        (await RunAsync("tenant", "disable", "--tenant", added[^38..^2])).Output.Should().Be("Tenant 'acme' is disabled.\n");
        (await RunAsync("tenant", "list")).Output.Should().MatchRegex(
            @"\ACODE  STATE     ID {36}NAME\nacme  disabled  [0-9a-f-]{36}  아크메 식품\n(.*\n)*shop  enabled   [0-9a-f-]{36}  shop\n\z");
        (await RunAsync("tenant", "enable", "acme")).Output.Should().Be("Tenant 'acme' is enabled.\n");
    }

    [Test]
    public async Task ApiKey_LifeOfOne_IsShownOnceListedAndRevoked()
    {
        var created = await RunAsync("apikey", "create", "--tenant", "shop", "--expires-in", "30");
        created.Output.Should().MatchRegex(@"\Aosk_shop_[0-9A-Za-z]{32}\n\z");
        var prefix = created.Output[..17];

        var list = await RunAsync("apikey", "list", "--tenant", "shop");
        list.Output.Should().MatchRegex($@"\nshop    {prefix}  active  \S+Z  \S+Z  -\n\z").And.NotContain(created.Output.TrimEnd());

        (await RunAsync("apikey", "revoke", prefix)).Output.Should().StartWith("Revoked at ");
        (await RunAsync("apikey", "list")).Output.Should().MatchRegex($@"{prefix}  revoked ");
        (await _rows.ScalarAsync<string>("select array_agg(k)::text from api_key k"))
            .Should().NotContain(created.Output.Trim()[prefix.Length..]);
        (await _rows.ScalarAsync<string>(
            "select string_agg(concat_ws(' ', caller, action, subject), ', ' order by at, action) from audit_entry "
                + "where key_prefix = @prefix",
            new { prefix }))
            .Should().Be($"operator create_api_key {Environment.UserName}, operator revoke_api_key {Environment.UserName}");
    }

    [TestCase(1, "*'nobody'*", "tenant", "enable", "nobody")]
    [TestCase(1, "*'01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f90'*", "tenant", "disable", "--tenant", "01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f90")]
    [TestCase(2, "'disable' needs one tenant: --tenant TENANT*", "tenant", "disable")]
    [TestCase(2, "'disable' needs one tenant: --tenant TENANT*", "tenant", "disable", "shop", "--tenant", "shop")]
    [TestCase(1, "*'nobody'*tenant add*", "seed", "--tenant", "nobody")]
    [TestCase(1, "*no key*apikey list*", "apikey", "revoke", "osk_shop_00000000")]
    [TestCase(2, "code: must be*", "tenant", "add", "no_name")]
    [TestCase(2, "prefix: must begin with osk_*", "apikey", "revoke", "shop")]
    [TestCase(2, "expires-in: must be*", "apikey", "create", "--tenant", "shop", "--expires-in", "0")]
    [TestCase(1, "*'nobody'*", "erase", "--tenant", "nobody", "--yes", "--profile", "01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f90")]
    [TestCase(2, "--chats must be*", "seed", "--tenant", "shop", "--chats", "0")]
    [TestCase(2, "--chats must be*", "seed", "--tenant", "shop", "--chats", "-5")]
    [TestCase(2, "--profiles must be*", "seed", "--tenant", "shop", "--profiles", "99999999999999999999")]
    public async Task Verb_WrongOrUnknown_SaysSoInOneLine(int code, string wildcard, params string[] verb) =>
        (await RunAsync(verb)).ShouldFailInOneLine(code, wildcard);

    [Test]
    public async Task Seed_ToItsEnd_SaysWhatIsStored()
    {
        var seeded = await RunAsync("seed", "--tenant", "shop", "--chats", "1000", "--profiles", "20");

        seeded.Output.Should().MatchRegex(@"\AStored 20 profiles and 1,000 chats in \d+\.\d s\.\n\z");
        seeded.Code.Should().Be(0);
    }

    [Test]
    public async Task Seed_Interrupted_SaysWhatIsStored()
    {
        var tenant = await _rows.TenantAsync("bulk");
        await using var program = SdkChatProgram.Start(["seed", "--tenant", "bulk", "--chats", "20000000", "--profiles", "10"], Settings);
        await Eventually.TrueAsync(async () =>
            await _rows.ScalarAsync<bool>("select exists (select 1 from sdk_chat where tenant_id = @tenant)", new { tenant }));

        program.Signal("INT");
        var ended = await program.EndAsync();

        var stored = await _rows.ScalarAsync<long>("select count(*) from sdk_chat where tenant_id = @tenant", new { tenant });
        ended.ErrorLines[^1].Should().Be(FormattableString.Invariant($"sdkchat: Interrupted. Stored: 10 profiles and {stored:N0} chats."));
        ended.Code.Should().Be(1);
    }

    [Test]
    public async Task Erase_Person_SaysWhatWentAndIsDoneOnce()
    {
        var tenant = await _rows.TenantAsync("gone");
        var profile = await _rows.ProfileAsync(tenant);
        await _rows.ChatAsync(tenant, profile, status: "completed");
        string[] erase = ["erase", "--tenant", "gone", "--profile", profile.ToString()];

        await using (var refused = SdkChatProgram.Start(erase, Settings))
        {
            refused.Type("no");
            (await refused.EndAsync())
                .Should().Match<Finished>(end => end.Code == 1 && end.Error.EndsWith("Type yes: sdkchat: Nothing was erased.\n"));
        }

        await using (var asked = SdkChatProgram.Start(erase, Settings))
        {
            asked.Type("yes");
            (await asked.EndAsync())
                .Output.Should().MatchRegex(@"\AErased the profile, 1 chats and 0 sessions\. Record of it: [0-9a-f-]{36}\.\n\z");
        }

        var again = await RunAsync([.. erase, "--yes"]);
        (again.Code, again.Output).Should().Be((0, "Nothing to erase: the tenant has no such profile.\n"));
        (await _rows.ScalarAsync<long>("select count(*) from sdk_chat where tenant_id = @tenant", new { tenant })).Should().Be(0);
    }

    [Test]
    public async Task Migrate_WithAnOwner_GivesTheServiceWhatItNeedsAndNoMore()
    {
        var (name, role) = ($"fresh_{Guid.NewGuid():n}", $"serves_{Guid.NewGuid():n}");
        await _rows.ExecuteAsync($"create database {name}");
        await _rows.ExecuteAsync($"create role {role} login password 'x'");
        var owner = new Npgsql.NpgsqlConnectionStringBuilder(_database.OwnerConnectionString) { Database = name };
        var service = new Npgsql.NpgsqlConnectionStringBuilder(owner.ConnectionString) { Username = role, Password = "x" };
        (string, string)[] asService = [("ASPNETCORE_ENVIRONMENT", "Production"), ("ConnectionStrings__SdkChat", service.ConnectionString)];

        var refused = await SdkChatProgram.RunAsync(["migrate"], asService);
        refused.ErrorLines[^1].Should().Match(
            "sdkchat: The schema of database * is older than this build (* migrations are missing), and role * may not change it "
            + "(permission denied*): run the migrate verb with *");
        refused.Code.Should().Be(1);
        (await SdkChatProgram.RunAsync(["migrate"], [.. asService, ("ConnectionStrings__SdkChatMigrations", owner.ConnectionString)]))
            .Output.Should().StartWith("Applied ");

        (await SdkChatProgram.RunAsync(["tenant", "add", "acme"], asService)).Output.Should().StartWith("Added tenant 'acme'");
        (await SdkChatProgram.RunAsync(["migrate"], asService)).Output.Should().Be("The schema is up to date.\n");
        await _rows.ExecuteAsync($"drop database {name} with (force)");
        await _rows.ExecuteAsync($"drop role {role}");
    }

    [Test]
    public async Task Verb_SchemaMissing_SaysWhatToDo()
    {
        var empty = new Npgsql.NpgsqlConnectionStringBuilder(_database.ConnectionString) { Database = "postgres" };

        var outcome = await SdkChatProgram.RunAsync(
            ["tenant", "list"], ("ASPNETCORE_ENVIRONMENT", "Production"), ("ConnectionStrings__SdkChat", empty.ConnectionString));

        outcome.ShouldFailInOneLine(1, "*migrate*");
    }

    private (string, string)[] Settings =>
        [("ASPNETCORE_ENVIRONMENT", "Production"), ("ConnectionStrings__SdkChat", _database.ConnectionString)];

    private Task<Finished> RunAsync(params string[] verb) => SdkChatProgram.RunAsync(verb, Settings);
}
