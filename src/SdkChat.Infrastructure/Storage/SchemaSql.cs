namespace SdkChat.Infrastructure.Storage;

/// <summary>Statements about the schema itself.</summary>
internal static class SchemaSql
{
    /// <summary>Held by the node that migrates, until its connection closes, also when it dies.</summary>
    public const string Lock = "select pg_advisory_lock(@key)";

    /// <summary>How many of the named scripts DbUp's journal has.</summary>
    public const string CountApplied = "select count(*) from schemaversions where scriptname = any(@scripts)";

    public const string DatabaseExists = "select exists (select from pg_database where datname = @name)";
}
