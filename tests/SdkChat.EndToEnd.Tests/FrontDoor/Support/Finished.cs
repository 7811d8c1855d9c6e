namespace SdkChat.EndToEnd.Tests.FrontDoor.Support;

/// <summary>How a program ended, and all it said.</summary>
internal sealed record Finished(int Code, string Output, string Error)
{
    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>It could not do it: one line on standard error that says so, nothing on standard output.</summary>
    public void ShouldFailInOneLine(int code, string wildcard)
    {
        Output.Should().BeEmpty();
        ErrorLines.Should().ContainSingle(Error).Which.Should().Match($"sdkchat: {wildcard}");
        Code.Should().Be(code);
    }
}
