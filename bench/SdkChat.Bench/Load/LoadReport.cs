namespace SdkChat.Bench.Load;

/// <summary>What the readers have seen since they last were told to forget.</summary>
/// <param name="Delivered">Events, counted once for every reader.</param>
/// <param name="Fewest">What the reader that got fewest got.</param>
/// <param name="Gaps">How often the event after number n was not number n + 1, on the same reader.</param>
/// <param name="Lost">Connections that ended although nobody asked them to.</param>
/// <param name="P50">Milliseconds from publishing to reading.</param>
/// <param name="BusiestTenth">The most pings in a tenth of a second.</param>
/// <param name="MostOpened">The most streams that were opened in a tenth of a second, ever.</param>
/// <param name="CpuSeconds">What the load generator itself has cost, since it was told to forget.</param>
/// <param name="Seconds">Since it was told to forget.</param>
/// <param name="LastAt">When the last event came, on the machine's monotonic clock.</param>
internal sealed record LoadReport(
    long Delivered, long Fewest, long Gaps, int Lost, double P50, double P99, double Max, long Pings, long BusiestTenth, long MostOpened,
    double CpuSeconds, double Seconds, long LastAt);
