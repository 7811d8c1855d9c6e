using Microsoft.Extensions.Options;

namespace SdkChat.Api.ConsolePages.Files;

/// <summary>Hands out the console's files: those of the build, or of the folder that somebody is working in.</summary>
internal sealed class ConsoleShelf(IOptions<ConsoleOptions> options, IHostEnvironment environment)
{
    private readonly Lazy<ConsoleFiles> _built = new(ConsoleFiles.Embedded);

    public ConsoleFiles Files => environment.IsDevelopment() && options.Value.Folder is { Length: > 0 } folder ? ConsoleFiles.In(folder) : _built.Value;
}
