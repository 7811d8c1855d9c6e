using Npgsql;
using SdkChat.Development.EmbeddedPostgres;
using SdkChat.TestSupport;

namespace SdkChat.Development.Tests.EmbeddedPostgres;

public sealed class EmbeddedPostgresServerTests
{
    private string _folder = null!;

    [SetUp]
    public void Make() => _folder = TestFolders.Create();

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task StartAsync_PasswordFileLost_SaysSoAndLeavesNothingRunning()
    {
        await using (await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresSettings { Folder = _folder, Durable = false }))
        {
            // Makes the cluster.
        }

        File.Delete(Path.Combine(_folder, "postgres-password"));

        var start = () => EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresSettings { Folder = _folder, Durable = false });

        await start.Should().ThrowAsync<EmbeddedPostgresException>().WithMessage("*postgres-password*");
        LeftOver.Runs(Path.Combine(_folder, "postgres", "cluster")).Should().BeFalse();
    }

    [Test]
    public async Task ConnectionString_WithoutThePassword_IsRefused()
    {
        await using var server = await EmbeddedPostgresServer.StartAsync(
            new EmbeddedPostgresSettings { Folder = _folder, Durable = false });
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres")) { Password = "guess", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);

        var open = () => connection.OpenAsync();

        await open.Should().ThrowAsync<PostgresException>().Where(refusal => refusal.SqlState == PostgresErrorCodes.InvalidPassword);
    }

    [Test]
    public async Task StartAsync_ClusterOfAVersionThatIsNotInstalled_NamesThePackage()
    {
        await using (await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresSettings { Folder = _folder, Durable = false }))
        {
            // Makes the cluster.
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "postgres", "cluster", "PG_VERSION"), "9\n");

        var start = () => EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresSettings { Folder = _folder, Durable = false });

        await start.Should().ThrowAsync<EmbeddedPostgresException>().WithMessage("*apt-get install postgresql-9*");
    }
}
