using System.Diagnostics;

namespace SdkChat.Contract.Standing;

/// <summary>Operates the service by its own verbs: <c>./sdkchat tenant add …</c>, here or, with the right command, elsewhere.</summary>
/// <param name="command">What a shell runs; the verb is put after it.</param>
/// <param name="data">Folder of the instance that the verbs work on; null for the one that the command knows by itself.</param>
internal sealed class CommandOperator(string command, string? data = null) : IOperator
{
    /// <summary>Each is a process that takes a second of work: more at once would only disturb each other.</summary>
    private static readonly SemaphoreSlim Turn = new(2);

    public Task AddTenantAsync(string code) => RunAsync("tenant", "add", code, "--name", "Contract test");

    public Task DisableTenantAsync(string code) => RunAsync("tenant", "disable", code);

    public Task<string> CreateKeyAsync(string tenant) => RunAsync("apikey", "create", "--tenant", tenant, "--expires-in", "1");

    public Task RevokeKeyAsync(string key) => RunAsync("apikey", "revoke", key);

    public async Task<string?> TokenAsync(string tenant)
    {
        try
        {
            return await RunAsync("token", "tenant", "--tenant", tenant);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <exception cref="InvalidOperationException">It has failed; the message is what it said.</exception>
    private async Task<string> RunAsync(params string[] verb)
    {
        await Turn.WaitAsync();
        try
        {
            var start = new ProcessStartInfo("sh", ["-c", command + " \"$@\"", "sh", .. verb])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            };
            if (data is not null)
                start.Environment["SDKCHAT_DATA"] = Path.GetFullPath(data);
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return process.ExitCode == 0
                ? (await output).Trim()
                : throw new InvalidOperationException($"'{string.Join(' ', verb[..2])}' failed: {(await error).Trim()}");
        }
        finally
        {
            Turn.Release();
        }
    }
}
