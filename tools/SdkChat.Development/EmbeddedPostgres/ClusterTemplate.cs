using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>
/// A cluster in the user's cache that was prepared once, shut down, and is copied for each server that would otherwise prepare its own
/// (docs/decisions/0051). Each state of the contents and each build of PostgreSQL has its own; one that is not used for a month is deleted.
/// </summary>
/// <param name="name">Begins the name of its folder.</param>
/// <param name="contents">Identifies what <paramref name="prepare"/> creates: another text is another template.</param>
/// <param name="prepare">Fills the new cluster. Its server runs.</param>
/// <param name="walSegmentMb">
/// The megabytes of a segment of the write-ahead log. Each copy pays for one; PostgreSQL's own default is 16.
/// </param>
internal sealed class ClusterTemplate(
    string name, string contents, Func<EmbeddedPostgresServer, CancellationToken, Task> prepare, int walSegmentMb = 1)
{
    /// <summary>Another number whenever a template is made in another way.</summary>
    private const int Version = 1;

    private static readonly TimeSpan Unused = TimeSpan.FromDays(30);

    /// <summary>Creates the template unless it exists. Of concurrent calls, one creates it and the others wait.</summary>
    /// <param name="cache">The folder for templates, which exists and only this user can change.</param>
    /// <returns>The folder of the template, for <see cref="EmbeddedPostgresSettings.Template"/>.</returns>
    /// <exception cref="EmbeddedPostgresException">It cannot be created; the message says why.</exception>
    public async Task<string> EnsureAsync(string cache, CancellationToken cancellationToken)
    {
        try
        {
            var folder = Path.Combine(cache, $"{name}-{Key()}");
            if (!Directory.Exists(folder))
                await MakeInTurnAsync(cache, folder, cancellationToken);
            Directory.SetLastWriteTimeUtc(folder, TimeProvider.System.GetUtcNow().UtcDateTime);
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException($"The template in {cache} cannot be used ({exception.Message.TrimEnd('.')}).", exception);
        }
    }

    /// <summary>
    /// The server's build counts as well: the files of another version, or of another kind of machine on a shared disk, cannot be used.
    /// </summary>
    private string Key()
    {
        var server = new FileInfo(Path.Combine(ServerBinaries.Find(), "postgres"));
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Version} {walSegmentMb} {server.FullName} {server.Length} {server.LastWriteTimeUtc.Ticks} {contents}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    private async Task MakeInTurnAsync(string cache, string folder, CancellationToken cancellationToken)
    {
        await using var turn = await FileLock.AcquireAsync(Path.Combine(cache, $"{name}.lock"), cancellationToken);
        if (Directory.Exists(folder))
            return;

        RemoveOld(cache);
        // Under another name until it is complete, so that a run that is killed leaves no incomplete template. A short one: the server's
        // socket is in it.
        var draft = $"{folder}.new-{Guid.NewGuid().ToString("n")[..8]}";
        try
        {
            await MakeAsync(draft, cancellationToken);
            Directory.Move(draft, folder);
        }
        catch
        {
            Remove(draft);
            throw;
        }
    }

    private async Task MakeAsync(string draft, CancellationToken cancellationToken)
    {
        await using (var server = await EmbeddedPostgresServer.StartAsync(
            new EmbeddedPostgresSettings { Folder = draft, Durable = false }, cancellationToken))
        {
            await prepare(server, cancellationToken);
            // The end of the server object gives the shutdown a second, and a busy machine needs longer.
            ServerAccount.Run(
                "pg_ctl",
                [Path.Combine(ServerBinaries.Find(), "pg_ctl"), "stop", "-m", "fast", "-t", "120", "-D", ClusterHome.ClusterIn(draft)]);
        }

        var cluster = ClusterHome.ClusterIn(draft);
        // One segment of the write-ahead log instead of several. It refuses a cluster that was not shut down cleanly.
        var segment = string.Create(CultureInfo.InvariantCulture, $"--wal-segsize={walSegmentMb}");
        ServerAccount.Run("pg_resetwal", [Path.Combine(ServerBinaries.Find(), "pg_resetwal"), segment, "-D", cluster]);
        ServerAccount.Run("initdb", [Path.Combine(ServerBinaries.Find(), "initdb"), "--sync-only", "-D", cluster]);
    }

    /// <summary>Templates that are not in use any more, and what a run that was killed has left. The caller has the turn.</summary>
    private void RemoveOld(string cache)
    {
        foreach (var found in Directory.GetDirectories(cache, $"{name}-*"))
        {
            if (found.Contains(".new-", StringComparison.Ordinal)
                || TimeProvider.System.GetUtcNow() - Directory.GetLastWriteTimeUtc(found) > Unused)
                Remove(found);
        }
    }

    private static void Remove(string folder)
    {
        // The server of a program that was killed stops within seconds; the next run removes its files.
        if (Directory.Exists(folder) && !LeftOver.Runs(ClusterHome.ClusterIn(folder)))
            ClusterHome.Delete(folder);
    }
}
