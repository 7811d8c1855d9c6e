using System.Diagnostics;
using Npgsql;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.FrontDoor.Support;

/// <summary>
/// Runs code blocks of docs/operations as an operator would: beside the service, against a database that deploy/postgres/roles.sql made.
/// The host and the passwords of the pages are replaced by real ones.
/// </summary>
internal sealed class ProductionShell : IDisposable
{
    private const string OwnerPassword = "of-the-owner", ServicePassword = "of-the-service";

    private readonly NpgsqlConnectionStringBuilder _superuser;

    private ProductionShell(NpgsqlConnectionStringBuilder superuser) => _superuser = superuser;

    private static string Service =>
        Path.Combine(SdkChatProgram.Repository, "src", "SdkChat.Api", "bin", Configuration, "net10.0", "SdkChat.Api.dll");

    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/'))!);

    public string Folder { get; } = Directory.CreateTempSubdirectory("sdkchat-operator-").FullName;

    public static async Task<ProductionShell> CreateAsync()
    {
        var shell = new ProductionShell(new NpgsqlConnectionStringBuilder((await TestPostgres.Shared).ConnectionString("postgres")));
        var script = Path.Combine(SdkChatProgram.Repository, "deploy/postgres/roles.sql");
        (await shell.RunAsync(
            $"{shell.Psql("postgres")} -q -v owner_password={OwnerPassword} -v service_password={ServicePassword} -f '{script}'"))
            .Code.Should().Be(0);
        return shell;
    }

    /// <summary>Runs statements as the superuser, in the service's database.</summary>
    public Task<Finished> SqlAsync(string sql) => RunAsync($"{Psql("sdkchat")} -q -v ON_ERROR_STOP=1 <<'SQL'\n{sql}\nSQL\n");

    public async Task<Finished> RunAsync(string script)
    {
        using var process = Start(script);
        using var deadline = new CancellationTokenSource(Deadlines.Program);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return new Finished(process.ExitCode, output, await error);
    }

    /// <summary>Runs a script whose last command does not end by itself, until the condition holds.</summary>
    public async Task RunUntilAsync(string script, Func<Task<bool>> condition)
    {
        var lines = script.TrimEnd().Split('\n');
        using var process = Start(string.Join('\n', [.. lines[..^1], $"exec {lines[^1]}"]));
        // Read, or a full pipe would stop the program.
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await Eventually.TrueAsync(async () => process.HasExited || await condition(), Deadlines.Program);
            if (process.HasExited)
                throw new InvalidOperationException($"The program ended: {string.Concat(await output)}");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string Psql(string database) =>
        $"psql 'host={_superuser.Host} user={_superuser.Username} password={_superuser.Password} dbname={database}'";

    private Process Start(string script)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var real = script.Replace("dotnet SdkChat.Api.dll", $"'{dotnet}' '{Service}'", StringComparison.Ordinal)
            .Replace("Host=db.internal", $"Host={_superuser.Host};Port={_superuser.Port}", StringComparison.Ordinal)
            .Replace("OWNER_PASSWORD", OwnerPassword, StringComparison.Ordinal)
            .Replace("SERVICE_PASSWORD", ServicePassword, StringComparison.Ordinal);
        var start = new ProcessStartInfo("sh", ["-c", real])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(
            name => name.Contains("__", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        return Process.Start(start)!;
    }
}
