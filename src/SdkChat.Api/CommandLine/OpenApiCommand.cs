using System.CommandLine;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Api.Hosting;
using SdkChat.Api.OpenApi;

namespace SdkChat.Api.CommandLine;

/// <summary><c>openapi</c>: prints the response of <c>/openapi/v1.json</c>, without listening and without a database.</summary>
internal static class OpenApiCommand
{
    public static Command Create()
    {
        var command = new VerbCommand(
            "openapi", "Print the description of the API (OpenAPI 3.1), as the service serves it.", "openapi > docs/openapi.json");
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    private static async Task RunAsync(CancellationToken cancellationToken)
    {
        var builder = CommandContext.Settings();
        CommandContext.Log(builder.Logging);
        await using var app = ApiHost.Build(builder);
        Console.WriteLine(await OpenApiText.WriteAsync(app.Services, cancellationToken));
    }
}
