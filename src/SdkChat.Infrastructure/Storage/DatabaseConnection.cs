namespace SdkChat.Infrastructure.Storage;

/// <summary>Where the configuration has the database.</summary>
public static class DatabaseConnection
{
    /// <summary>The name of the service's connection string (<c>ConnectionStrings__SdkChat</c>).</summary>
    public const string Name = "SdkChat";
}
