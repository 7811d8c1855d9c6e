using System.Globalization;

namespace SdkChat.Faults.Rig;

/// <summary>
/// Triggers that let a share of all writes fail: some when the event is stored, some when all has been written and the transaction commits.
/// They are there from the start. Under load only their function is replaced, which takes no lock of a table that nodes write to.
/// </summary>
internal static class FailingWrites
{
    public static async Task InstallAsync(FaultDatabase database)
    {
        await SetAsync(database, share: 0);
        await database.ChangeAsync(
            ["sdk_chat", "chat_event"],
            """
            create trigger fault_at_once before insert on chat_event for each row execute function fault();
            create constraint trigger fault_at_commit after insert or update on sdk_chat deferrable initially deferred for each row execute function fault();
            """);
    }

    public static Task SetAsync(FaultDatabase database, double share) => database.ExecuteAsync(
        $"""
        create or replace function fault() returns trigger language plpgsql as $$
        begin
          if random() < {share.ToString(CultureInfo.InvariantCulture)} then raise exception 'the disk is full, says the test' using errcode = 'disk_full'; end if;
          return new;
        end $$
        """);
}
