namespace SdkChat.Development.Instance;

/// <summary>Statements that prepare the database of ephemeral instances.</summary>
internal static class EphemeralSql
{
    /// <summary>An epoch of its own (migration 0014). The row stays this server's: its transaction ids come from the template.</summary>
    public const string RenewEpoch = "update chat_event_horizon set epoch = gen_random_uuid()";

    public const string Checkpoint = "checkpoint";
}
