using System.Security.Authentication;
using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Explains why a database cannot be used if waiting does not help: one sentence that names the object and says what to do.
/// </summary>
internal static class ConnectionFailure
{
    /// <summary>The errors of PgBouncer for names that its configuration does not contain. Its other errors may be temporary.</summary>
    private static readonly string[] RefusalsOfPoolers =
        ["no such database", "no such user", "password authentication failed", "SASL authentication failed", "bouncer config error"];

    private const string StartupParameter = "unsupported startup parameter: ";

    /// <returns>Null for a failure that may be temporary, such as a server that is starting.</returns>
    public static string? Explain(Exception exception, NpgsqlConnectionStringBuilder settings)
    {
        var causes = Causes(exception).ToList();
        return causes.OfType<PostgresException>().Select(postgres => Explain(postgres, settings))
            .FirstOrDefault(sentence => sentence is not null)
            ?? ExplainTls(causes, settings);
    }

    /// <summary>Host, port and database of the connection string.</summary>
    public static string Address(NpgsqlConnectionStringBuilder settings) =>
        settings.Host is { } host && (host.StartsWith('/') || host.Contains(',', StringComparison.Ordinal))
            ? host
            : $"{settings.Host}:{settings.Port}";

    private static string? Explain(PostgresException postgres, NpgsqlConnectionStringBuilder settings)
    {
        var (server, text) = ($"PostgreSQL at {Address(settings)}", postgres.MessageText);
        return postgres.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword =>
                $"{server} refuses the password of role \"{settings.Username}\" (28P01): correct Password in the connection string.",
            PostgresErrorCodes.InvalidAuthorizationSpecification =>
                $"{server} refuses role \"{settings.Username}\" (28000: {text}): correct Username or SSL Mode in the connection string, "
                + "or the server's pg_hba.conf.",
            PostgresErrorCodes.InvalidCatalogName =>
                $"{server} has no database \"{settings.Database}\" (3D000): create it, or correct Database in the connection string.",
            PostgresErrorCodes.InsufficientPrivilege when text.Contains("for database", StringComparison.Ordinal) =>
                $"{server} refuses role \"{settings.Username}\" (42501: {text}): grant it connect on the database.",
            PostgresErrorCodes.ProtocolViolation when text.StartsWith(StartupParameter, StringComparison.Ordinal) =>
                $"The connection pooler at {Address(settings)} refuses the start-up parameter \"{text[StartupParameter.Length..]}\" "
                + "(08P01): add it to ignore_startup_parameters of the pooler, or remove it from the connection string.",
            PostgresErrorCodes.ProtocolViolation
                when RefusalsOfPoolers.Any(refusal => text.StartsWith(refusal, StringComparison.Ordinal)) =>
                $"The connection pooler at {Address(settings)} refuses role \"{settings.Username}\" and database \"{settings.Database}\" "
                + $"(08P01: {text}): correct the connection string or the pooler's configuration.",
            _ => null,
        };
    }

    private static string? ExplainTls(List<Exception> causes, NpgsqlConnectionStringBuilder settings)
    {
        if (causes.OfType<AuthenticationException>().FirstOrDefault() is { } refused)
        {
            return $"The TLS connection to PostgreSQL at {Address(settings)} fails ({refused.Message.TrimEnd('.')}): "
                + "correct SSL Mode or Root Certificate in the connection string, or the server's certificate.";
        }

        return causes.OfType<NpgsqlException>().Any(cause => cause.Message.Contains("No SSL enabled connection", StringComparison.Ordinal))
            ? $"PostgreSQL at {Address(settings)} has no TLS, and the connection string requires it (SSL Mode={settings.SslMode}): "
                + "turn it on at the server, or set SSL Mode=Prefer."
            : null;
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        yield return exception;
        var inner = exception is AggregateException several
            ? several.InnerExceptions
            : exception.InnerException is { } one ? [one] : Enumerable.Empty<Exception>();
        foreach (var cause in inner.SelectMany(Causes))
            yield return cause;
    }
}
