namespace SdkChat.Infrastructure.Storage;

/// <summary>Whether the database has this build's schema, or a newer one that contains it.</summary>
internal sealed class SchemaCheck(Database database)
{
    private volatile bool _current;

    /// <summary>Queries the database until the result is true. Migrations only go forward, so it stays true.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        if (_current)
            return true;

        var scripts = SchemaMigrator.Scripts.ToArray();
        var applied = await database.QuerySingleOrDefaultAsync<long>(SchemaSql.CountApplied, new { scripts }, cancellationToken);
        return _current = applied == scripts.Length;
    }
}
