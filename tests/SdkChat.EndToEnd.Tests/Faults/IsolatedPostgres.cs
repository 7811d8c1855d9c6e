using System.Diagnostics;
using System.Globalization;
using Npgsql;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.Faults;

/// <summary>
/// A PostgreSQL that listens on TCP in a network namespace of its own, where packets can be dropped. From outside it is reached over its
/// Unix socket, as if from the server's own machine.
/// </summary>
internal sealed class IsolatedPostgres : IAsyncDisposable
{
    private const string Account = "nobody";

    private readonly string _folder;
    private readonly Process _server;

    private IsolatedPostgres(string folder, Process server) => (_folder, _server) = (folder, server);

    public string ConnectionString => $"Host={_folder};Username={Account};Database=postgres;Pooling=false";

    /// <summary>Why this machine cannot have one; null when it can.</summary>
    public static async Task<string?> ObstacleAsync()
    {
        if (Environment.UserName != "root")
            return "Only root can make a network namespace.";
        var missing = new[] { "unshare", "nsenter", "setpriv", "ip", "iptables" }.FirstOrDefault(program => Programs.Find(program) is null);
        if (missing is not null)
            return $"{missing} is not installed.";
        return await RunAsync("unshare", "-n", "sh", "-c", "ip link set lo up && iptables -A INPUT -i lo -p tcp -j DROP") == 0
            ? null
            : "This machine has no network namespaces with iptables.";
    }

    public static async Task<IsolatedPostgres> StartAsync()
    {
        var folder = TestFolders.Create();
        var (bin, data) = (Binaries(), Path.Combine(folder, "data"));
        await RunAsync("chown", Account, folder);
        (await RunAsync(
            "setpriv", $"--reuid={Account}", "--clear-groups", Path.Combine(bin, "initdb"), "-D", data, "-U", Account, "-A", "trust", "-E",
            "UTF8", "-N"))
            .Should().Be(0);
        var command =
            $"ip link set lo up && exec setpriv --reuid={Account} --clear-groups {bin}/postgres -D {data} -k {folder} -c "
            + "listen_addresses=127.0.0.1 -c port=5432 -c fsync=off";
        var server = Process.Start(
            new ProcessStartInfo("unshare", ["-n", "sh", "-c", command]) { RedirectStandardError = true, WorkingDirectory = folder })!;
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        var postgres = new IsolatedPostgres(folder, server);
        await Eventually.TrueAsync(postgres.AnswersAsync);
        return postgres;
    }

    /// <summary>Starts a verb on a machine of its own, as far as the server can see.</summary>
    public Process StartVerb(string verb)
    {
        var start = new ProcessStartInfo(
            "nsenter", ["-t", Id, "-n", Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", SdkChatProgram.Dll, verb])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ConnectionStrings__SdkChat"] = $"Host=127.0.0.1;Port=5432;Username={Account};Database=postgres";
        return Process.Start(start)!;
    }

    /// <summary>No packet gets through any more, in either direction, and nothing says so.</summary>
    public async Task DropPacketsAsync() =>
        (await InsideAsync("iptables", "-A", "INPUT", "-i", "lo", "-p", "tcp", "-j", "DROP")).Should().Be(0);

    public async ValueTask DisposeAsync()
    {
        SdkChatProgram.Signal("QUIT", _server.Id);
        await _server.WaitForExitAsync();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Id => _server.Id.ToString(CultureInfo.InvariantCulture);

    private Task<int> InsideAsync(params string[] command) => RunAsync("nsenter", ["-t", Id, "-n", .. command]);

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString);
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException) when (!_server.HasExited)
        {
            return false;
        }
    }

    private static string Binaries() => Directory.GetDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin"))
        .Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).Last();

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
            })!;
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await error;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
