using Npgsql;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary>Why a node of Production does not start: one sentence that names what to do, and no trace.</summary>
public sealed class StartFailureTests
{
    private TestDatabase _database = null!;
    private Rows _rows = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _rows = new Rows(_database.ConnectionString);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _database.DisposeAsync();

    [TestCase(
        "Password=wrong",
        "PostgreSQL at /* refuses the password of role \"service of the tests\" (28P01): correct Password in the connection string.")]
    [TestCase(
        "Database=nowhere",
        "PostgreSQL at /* has no database \"nowhere\" (3D000): create it, or correct Database in the connection string.")]
    public async Task Up_DatabaseThatRefuses_SaysWhatToCorrect(string more, string sentence) =>
        await FailsAsync(sentence, $"{_database.ConnectionString};{more}");

    [Test]
    public async Task Up_DatabaseWithoutTls_SaysSo()
    {
        var target = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        await using var server = new FrozenProxy(target.Host!, target.Port);
        (target.Host, target.Port, target.SslMode) = ("127.0.0.1", server.Port, SslMode.Require);

        await FailsAsync(
            "PostgreSQL at 127.0.0.1:* has no TLS, and the connection string requires it (SSL Mode=Require): *", target.ConnectionString);
    }

    /// <summary>A verb does not wait for a server that is away, as a node does for half a minute.</summary>
    [Test]
    public async Task Verb_PortThatRefuses_NamesIt()
    {
        var port = Programs.FreePort();
        var outcome = await SdkChatProgram.RunAsync(
            ["tenant", "list"], Settings($"Host=127.0.0.1;Port={port};Username=a;Password=b;Database=c"));

        outcome.ShouldFailInOneLine(1, $"The database does not answer: Failed to connect to 127.0.0.1:{port}: Connection refused");
    }

    [Test]
    public async Task Up_ServiceRoleOnAnEmptyDatabase_SaysThatMigrateMustRun()
    {
        var name = $"empty_{Guid.NewGuid():n}";
        await _rows.ExecuteAsync($"create database {name}");

        await FailsAsync(
            $"The schema of database \"{name}\" is older than this build (* migrations are missing), and role \"service of the tests\" may "
            + "not change it (*): run the migrate verb with ConnectionStrings__SdkChatMigrations, *",
            $"{_database.ConnectionString};Database={name}");
        await _rows.ExecuteAsync($"drop database {name} with (force)");
    }

    [Test]
    public async Task Up_ServiceRoleOnAnOlderSchema_SaysThatMigrateMustRun()
    {
        await using var older = await TestDatabase.CreateAsync();
        await new Rows(older.ConnectionString).ExecuteAsync(
            "delete from schemaversions where scriptname = (select max(scriptname) from schemaversions); drop table erasure cascade");

        await FailsAsync(
            "The schema of database * is older than this build (1 migrations are missing), and role *run the migrate verb with *",
            older.ConnectionString);
    }

    [Test]
    public async Task Up_ServiceRoleThatLacksAPrivilege_NamesIt()
    {
        await using var database = await TestDatabase.CreateAsync();
        await new Rows(database.ConnectionString).ExecuteAsync("revoke insert on audit_entry from \"service of the tests\"");

        await FailsAsync(
            "Role \"service of the tests\" lacks a privilege in database * (insert on audit_entry): run the migrate verb with *",
            database.ConnectionString);
    }

    [TestCase("/nowhere/tls.pfx")]
    [TestCase("/etc/hostname")]
    public async Task Up_CertificateThatCannotBeRead_NamesTheSetting(string file) => await FailsAsync(
        "The server's certificate cannot be read: * Correct the file, its rights or its password in Kestrel:Certificates "
            + "or Kestrel:Endpoints.",
        _database.ConnectionString, ("Kestrel__Certificates__Default__Path", file));

    [Test]
    public async Task Up_KeySetThatCannotBeRead_NamesTheSetting() => await FailsAsync(
        "Authentication:Tenant:JwksFile cannot be read from /nowhere/keys.json: *", _database.ConnectionString,
        ("Authentication__Tenant__JwksFile", "/nowhere/keys.json"));

    /// <summary>Lines of the log may come before it; on standard error there is the sentence alone.</summary>
    private static async Task FailsAsync(string sentence, string connectionString, params (string, string)[] settings)
    {
        var outcome = await SdkChatProgram.RunAsync(["up", "--urls", "https://127.0.0.1:0"], [.. Settings(connectionString), .. settings]);

        outcome.Output.Should().NotContain("   at ");
        (outcome with { Output = "" }).ShouldFailInOneLine(1, sentence);
    }

    private static (string, string)[] Settings(string connectionString) =>
    [
        ("ASPNETCORE_ENVIRONMENT", "Production"),
        ("ConnectionStrings__SdkChat", connectionString),
        ("Authentication__Tenant__Secrets__0", TestTokens.TenantSecret),
        ("Authentication__Backoffice__Secrets__0", TestTokens.BackofficeSecret),
        ("Pipeline__BaseUrl", "http://127.0.0.1:1"),
        ("Metrics__Port", "0"),
    ];
}
