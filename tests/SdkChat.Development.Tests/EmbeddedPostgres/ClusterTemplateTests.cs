using Dapper;
using Npgsql;
using SdkChat.Development.EmbeddedPostgres;
using SdkChat.Development.Instance;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Development.Tests.EmbeddedPostgres;

public sealed class ClusterTemplateTests
{
    private string _folder = null!;

    private string Cache => Path.Combine(_folder, "cache");

    [SetUp]
    public void Make()
    {
        _folder = Directory.CreateTempSubdirectory("sdkchat-template-").FullName;
        File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.OtherExecute);
        Directory.CreateDirectory(Cache);
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task EnsureAsync_SeveralAtOnce_MakesOneOfWhichCopiesAreIndependent()
    {
        var (old, interrupted) = (Path.Combine(Cache, "test-0123456789abcdef"), Path.Combine(Cache, "test-fedcba9876543210.new-1"));
        Directory.CreateDirectory(interrupted);
        Directory.SetLastWriteTimeUtc(Directory.CreateDirectory(old).FullName, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-31));
        var prepared = 0;

        var folders = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(
                _ => Template("create table fruit (name text)", () => Interlocked.Increment(ref prepared)).EnsureAsync(Cache, default)));

        prepared.Should().Be(1);
        Directory.GetDirectories(Cache)
            .Should().Equal(folders.Distinct(), "drafts of killed runs and templates that were not used for a month are deleted");
        await using var one = await StartAsync("one", folders[0]);
        await using var other = await StartAsync("other", folders[0]);
        await ExecuteAsync(one, "insert into fruit values ('pear')");
        (await ExecuteAsync(other, "delete from fruit")).Should().Be(0);
    }

    [Test]
    public async Task EnsureAsync_PreparationFails_LeavesNothing()
    {
        var ensure = () => Template("not a statement").EnsureAsync(Cache, default);

        await ensure.Should().ThrowAsync<PostgresException>();
        Directory.GetDirectories(Cache).Should().BeEmpty();
    }

    [Test]
    public async Task EnsureAsync_CacheIsNoFolder_SaysSo()
    {
        var ensure = () => Template("select 1").EnsureAsync(Path.Combine(Cache, "missing"), default);

        await ensure.Should().ThrowAsync<EmbeddedPostgresException>().WithMessage("*missing*");
    }

    [Test]
    public void Schema_AnyChangeOfAScript_IsAnother()
    {
        var (first, second) = (new MigrationScript("0001", "create"), new MigrationScript("0002", "alter"));
        MigrationScript[][] all =
        [
            [first, second], [second, first], [first], [first with { Text = "drop" }, second], [first, second with { Name = "0003" }],
            [first with { Text = "create0002" }, second with { Name = "", Text = "alter" }],
        ];

        all.Select(EphemeralTemplate.Schema).Should().OnlyHaveUniqueItems();
    }

    private static ClusterTemplate Template(string statement, Action? prepared = null) => new("test", statement, async (server, _) =>
    {
        prepared?.Invoke();
        await ExecuteAsync(server, statement);
    });

    private Task<EmbeddedPostgresServer> StartAsync(string name, string template) =>
        EmbeddedPostgresServer.StartAsync(
            new EmbeddedPostgresSettings { Folder = Path.Combine(_folder, name), Durable = false, Template = template });

    private static async Task<int> ExecuteAsync(EmbeddedPostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false");
        return await connection.ExecuteAsync(sql);
    }
}
