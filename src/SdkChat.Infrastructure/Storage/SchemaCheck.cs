namespace SdkChat.Infrastructure.Storage;

/// <summary>Whether the database has this build's schema, or a newer one that contains it.</summary>
internal sealed class SchemaCheck(Database database)
{
    private volatile bool _current;

    /// <summary>Asks until the answer is yes: migrations go forward only, so it stays yes.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        if (_current)
            return true;

        var scripts = SchemaMigrator.Scripts.ToArray();
        var applied = await database.QuerySingleOrDefaultAsync<long>(SchemaSql.CountApplied, new { scripts }, cancellationToken);
        return _current = applied == scripts.Length;
    }
}
