using System.Diagnostics;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Mutants;

/// <summary>Another team's tests: a shell command that ends with 0 where all is well.</summary>
internal sealed class CommandUnderTest(string command, Means means, TimeSpan timeout)
{
    /// <summary>Runs it against this address.</summary>
    /// <returns>Its exit code, null where it did not end in time and was killed; and all that it printed.</returns>
    public async Task<(int? Code, string Output)> RunAsync(Uri service)
    {
        using var process = Process.Start(Start(service))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(timeout);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (null, await output);
        }
    }

    /// <summary>Credentials have the names that reports use. What is not known is not set.</summary>
    private ProcessStartInfo Start(Uri service)
    {
        var start = new ProcessStartInfo("sh", ["-c", $"exec 2>&1; {command}"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        start.Environment["BASE_URL"] = service.GetLeftPart(UriPartial.Authority);
        foreach (var credential in means.All)
            start.Environment[credential.Name] = credential.Value;
        return start;
    }
}
