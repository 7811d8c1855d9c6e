namespace SdkChat.Contract.Mutants;

/// <summary>A service whose reads do not wait for a chat as docs/api.md says.</summary>
internal static class WaitMutants
{
    public static IEnumerable<Mutant> All =>
    [
        new("ignores Prefer", "8.wait-over") { Request = request => request.Headers.Remove("Prefer") },
        new("does not say what it applied", "8.wait") { Reply = reply => reply.Headers.Remove("Preference-Applied") },
        new("has one ETag for every chat that is waited for", "8.wait")
        {
            Reply = reply =>
            {
                if (reply.Headers.ContainsKey("Preference-Applied"))
                    reply.Headers["ETag"] = "W/\"same\"";
            },
        },
    ];
}
