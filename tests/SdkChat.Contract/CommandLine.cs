using System.CommandLine;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract;

/// <summary>What the programs of this suite have in common: how they end, and how they find the service.</summary>
internal static class CommandLine
{
    private const int CouldNot = 2;

    /// <summary>Parses and runs. Whatever cannot be done is one line on standard error, and exit code 2.</summary>
    /// <param name="name">After <c>./sdkchat</c>.</param>
    public static async Task<int> RunAsync(RootCommand command, string name, string[] args, Func<ParseResult, Task<int>> run)
    {
        command.SetAction((parsed, _) => TryAsync(() => run(parsed)));
        var parsed = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parsed.Errors.Count > 0
            ? await EndAsync($"{parsed.Errors[0].Message} Try: ./sdkchat {name} --help")
            : await parsed.InvokeAsync();
    }

    /// <summary>The service with what there is to show to it; where no credential is given, the running <c>up</c>.</summary>
    /// <returns>The instance is null where credentials are given; else it is to be disposed.</returns>
    /// <exception cref="CannotTellException">Nothing answers, or something is missing.</exception>
    public static async Task<(LocalInstance? Instance, Means Means)> OpenAsync(Options options, ParseResult parsed, Means means)
    {
        await ShouldAnswerAsync(means.Service);
        if (!options.IsLocal(parsed))
            return (null, means);
        var command = options.Operator(parsed)
            ?? throw new CannotTellException(
                "give --tenant-token, --admin-token and --api-key, or for a local instance --operator and --data");
        return await LocalInstance.OpenAsync(means, options.Folder(parsed), new CommandOperator(command, options.Folder(parsed)));
    }

    private static async Task<int> TryAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception exception)
            when (exception is CannotTellException or InvalidOperationException or HttpRequestException or TaskCanceledException)
        {
            return await EndAsync(exception.Message);
        }
    }

    /// <summary>Whether anything is there at all: a hundred rules that fail alike say less than one line.</summary>
    private static async Task ShouldAnswerAsync(Uri service)
    {
        try
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
            using var answer = await client.GetAsync(new Uri(service, Paths.Validation));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            throw new CannotTellException(
                $"nothing answers at {service} ({exception.Message.TrimEnd('.')}): start './sdkchat up', or give --base-url");
        }
    }

    private static async Task<int> EndAsync(string sentence)
    {
        await Console.Error.WriteLineAsync($"sdkchat: {sentence}");
        return CouldNot;
    }
}
