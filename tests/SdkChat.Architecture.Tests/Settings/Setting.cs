namespace SdkChat.Architecture.Tests.Settings;

/// <summary>One setting of the service, as an operator writes it.</summary>
/// <param name="Name"><c>Live:PingSeconds</c>; lists end in <c>:0…</c>.</param>
internal sealed record Setting(string Name, string Default, string Meaning)
{
    /// <summary>Its name in the environment, without the number of a list's entry.</summary>
    public string Variable => Name.Replace(":0…", ":0", StringComparison.Ordinal).Replace(":", "__", StringComparison.Ordinal);
}
