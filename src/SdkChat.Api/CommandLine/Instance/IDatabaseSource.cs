using System.CommandLine;
using SdkChat.Api.CommandLine.Errors;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>Opens the database that a verb works on.</summary>
internal interface IDatabaseSource
{
    /// <summary>Options that every verb with a database accepts.</summary>
    IReadOnlyList<Option> Options { get; }

    /// <param name="parsed">The verb's arguments, with values of <see cref="Options"/>.</param>
    /// <exception cref="CommandFailedException">No database is configured, or it is in use.</exception>
    Task<OpenedDatabase> OpenAsync(ParseResult parsed, WebApplicationBuilder settings, CancellationToken cancellationToken);
}
