namespace SdkChat.Contract.Engine;

/// <summary>Waits as long as a client of the service would.</summary>
internal static class Pace
{
    /// <summary>Between two questions after the same thing.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    public static async Task OfAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : time);
        await timer.WaitForNextTickAsync();
    }
}
