namespace SdkChat.Client;

/// <summary>How the client behaves. The defaults are for a service as it is operated.</summary>
public sealed record SdkChatClientOptions
{
    /// <summary>
    /// Where the service is, such as <c>https://demo.ones1ght.com</c> or, below a path, <c>https://tools.example.com/chat/</c>.
    /// </summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>The present JWT. Asked before every call and every opening of the stream, so a token may be renewed meanwhile.</summary>
    public required Func<CancellationToken, ValueTask<string>> Token { get; init; }

    /// <summary>How long a silence is a broken connection: the service pings every 25 s. Default: 60 s.</summary>
    public TimeSpan Watchdog { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait after the first failure in a row, at most; each further one doubles it. Default: 1 s.</summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait at most, however many failures. Default: 30 s.</summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whose time it is. Default: the machine's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
