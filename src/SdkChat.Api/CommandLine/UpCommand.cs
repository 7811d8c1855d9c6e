using System.CommandLine;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;

namespace SdkChat.Api.CommandLine;

/// <summary><c>up</c>: runs the service on the configured database.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var urls = UrlsOption();
        var command = new VerbCommand(
            "up",
            "Serve. Migrates the schema first. Needs ConnectionStrings__SdkChat, a key for each of both JWT schemes, "
                + "and Pipeline__BaseUrl.",
            "up",
            "up --urls http://127.0.0.1:8080")
        {
            urls,
        };
        command.SetAction((parsed, cancellationToken) => ServeAsync(CommandContext.Settings(), parsed.GetValue(urls), cancellationToken));
        return command;
    }

    public static Option<string?> UrlsOption() => new("--urls")
    {
        Description = $"Address to serve on, or several with ';' (default: {ListenAddress.Default})",
        HelpName = "URL",
    };

    /// <exception cref="CommandFailedException">A required setting is missing, or the address cannot be used.</exception>
    public static async Task ServeAsync(WebApplicationBuilder builder, string? urls, CancellationToken cancellationToken)
    {
        RequiredSettings.Check(builder);
        ListenAddress.Choose(builder, urls);
        await using var database = ConfiguredDatabase.Open(builder.Configuration);
        await ServiceRun.ServeAsync(builder, database.ConnectionString, new ServiceSteps(), cancellationToken);
    }
}
