namespace SdkChat.Infrastructure.Storage;

/// <summary>Names the database in the configuration.</summary>
public static class DatabaseConnection
{
    /// <summary>The name of the service's connection string (<c>ConnectionStrings__SdkChat</c>).</summary>
    public const string Name = "SdkChat";

    /// <summary>
    /// The name of the connection string to a standby for history reads (<c>ConnectionStrings__HistoryStandby</c>); optional.
    /// </summary>
    public const string StandbyName = "HistoryStandby";
}
