using System.Diagnostics;

namespace SdkChat.EndToEnd.Tests.Clients;

/// <summary><c>curl -N</c>, called again by a loop, as a shell script would.</summary>
internal sealed class CurlWatcher(Uri stream, string token) : LineWatcher(Start(stream, token))
{
    private string _name = "message";

    protected override WatchedEvent? Read(string line)
    {
        if (line.StartsWith("event: ", StringComparison.Ordinal))
            _name = line["event: ".Length..];
        else if (line.StartsWith("data:", StringComparison.Ordinal))
            return new WatchedEvent(_name, line["data:".Length..].TrimStart(' '));
        return null;
    }

    private static ProcessStartInfo Start(Uri stream, string token) =>
        new("sh", ["-c", "while :; do curl -sN -H \"Authorization: Bearer $2\" \"$1\"; sleep 0.2; done", "sh", stream.AbsoluteUri, token]);
}
