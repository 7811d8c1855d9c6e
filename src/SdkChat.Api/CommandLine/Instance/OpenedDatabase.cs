namespace SdkChat.Api.CommandLine.Instance;

/// <summary>A database that a command may use until it disposes of this object.</summary>
internal class OpenedDatabase(string connectionString) : IAsyncDisposable
{
    public string ConnectionString => connectionString;

    /// <summary>Whether the server belongs to this program, which then also migrates its schema before a command uses it.</summary>
    public virtual bool IsEmbedded => false;

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
