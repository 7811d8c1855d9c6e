using SdkChat.Domain.Chats;

namespace SdkChat.Application.Pipelines;

/// <summary>Decides from a report whether a run has ended. No other code does.</summary>
internal static class RunOutcome
{
    /// <summary>Completes or fails the chat according to the report or the time limit.</summary>
    /// <returns>False if the run goes on. The chat is then unchanged.</returns>
    public static bool Settle(Chat chat, RunReport report, RunPolicy policy, DateTimeOffset now)
    {
        switch (report)
        {
            case RunReport.Completed completed:
                chat.Complete(completed.Result, completed.BackListStatus ?? chat.State.BackListStatus, now);
                return true;
            case RunReport.Failed failed:
                chat.Fail(failed.Error, now);
                return true;
            case var _ when now - chat.State.CreatedAt >= policy.TimeLimit:
                chat.Fail(TooLate(report, policy), now);
                return true;
            default:
                return false;
        }
    }

    private static string TooLate(RunReport report, RunPolicy policy) => report is RunReport.NoAnswer
        ? $"The pipeline gave no usable answer within {policy.TimeLimit.TotalSeconds:0} s."
        : $"The pipeline did not finish within {policy.TimeLimit.TotalSeconds:0} s.";
}
