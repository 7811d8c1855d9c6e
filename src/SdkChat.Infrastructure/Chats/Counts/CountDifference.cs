namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>A count that is not what the rows say.</summary>
public sealed record CountDifference
{
    /// <summary><c>a</c> for the list of all tenants, <c>t</c> for a tenant's, <c>p</c> for a profile's.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The tenant or profile; zero for the list of all tenants.</summary>
    public Guid Scope { get; init; }

    /// <summary>1 for the smallest blocks.</summary>
    public short Level { get; init; }

    /// <summary>Where the block begins, as PostgreSQL writes it.</summary>
    public string LowerAt { get; init; } = "";

    /// <summary>Which number differs: <c>chats</c>, <c>completed</c>, <c>triggered</c>, <c>failed</c> or <c>ended</c>.</summary>
    public string Measure { get; init; } = "chats";

    public long Counted { get; init; }

    public long Actual { get; init; }

    public override string ToString()
    {
        var list = Kind switch { "t" => $"tenant {Scope}", "p" => $"profile {Scope}", _ => "all tenants" };
        return FormattableString.Invariant($"{list}, level {Level} from {LowerAt}: {Measure}: counted {Counted}, there are {Actual}");
    }
}
