namespace SdkChat.Contract.Calls;

/// <summary>What a caller proves itself with. Reports say its name, never its value.</summary>
/// <param name="Name">As a shell variable: <c>TENANT_TOKEN</c>.</param>
/// <param name="Header">The header that carries it, and how.</param>
internal sealed record Credential(string Name, string Value, string Header = "Authorization", string Before = "Bearer ")
{
    public (string Name, string Value) Line => (Header, Before + Value);

    /// <summary>The same where a person may read it.</summary>
    public string Shown => $"{Header}: {Before}${Name}";

    public static Credential Token(string name, string value) => new(name, value);

    public static Credential Key(string name, string value) => new(name, value, "X-API-KEY", "");

    /// <summary>The same token in a cookie.</summary>
    public Credential InCookie(string cookie) => this with { Header = "Cookie", Before = cookie + "=" };

    /// <summary>The same key where browsers and HTTP libraries put tokens.</summary>
    public Credential AsBearer() => this with { Header = "Authorization", Before = "Bearer " };

    /// <summary>Its like that is no good.</summary>
    public Credential Forged(string value) => this with { Name = "FORGED_" + Name, Value = value };

    public override string ToString() => Shown;
}
