namespace SdkChat.Bench.Load;

/// <summary>What the shoppers of one window have seen.</summary>
/// <param name="Failures">Responses that are not a chat. They are not among the polls.</param>
/// <param name="CpuSeconds">What the load generator used.</param>
internal sealed record ShopperReport(long Polls, int Failures, double P50, double P99, double CpuSeconds, double Seconds);
