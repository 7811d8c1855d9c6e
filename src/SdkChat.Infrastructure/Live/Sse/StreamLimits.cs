namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>The limits of one stream: <see cref="LiveOptions"/> with jitter.</summary>
/// <param name="MaxAge">How long the stream may stay open.</param>
/// <param name="AcceptedFor">How long the credential is still accepted; null for no limit.</param>
internal sealed record StreamLimits(int QueueEvents, int QueueBytes, TimeSpan PingEvery, TimeSpan MaxAge, TimeSpan? AcceptedFor);
