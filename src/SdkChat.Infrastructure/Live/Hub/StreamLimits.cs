namespace SdkChat.Infrastructure.Live.Hub;

/// <summary>What one stream was given when it was opened: its own, jittered, share of <see cref="LiveOptions"/>.</summary>
/// <param name="MaxAge">How long it may stay open.</param>
/// <param name="AcceptedFor">How much longer its credential is accepted; null for ever.</param>
internal sealed record StreamLimits(int QueueEvents, int QueueBytes, TimeSpan PingEvery, TimeSpan MaxAge, TimeSpan? AcceptedFor);
