using SdkChat.Architecture.Tests.Rules;

namespace SdkChat.Architecture.Tests.RepositoryFiles;

/// <summary>No line of C# is longer than the limit of <c>.editorconfig</c>: an editor shows it, and no build checks it.</summary>
public sealed class LineLengthTests
{
    private static readonly string Long = new('x', LineRules.MaxColumns);

    [Test]
    public void Lines_EndWithinTheLimit() =>
        LineRules.TooLong(Tree.Files("*.cs").Select(path => new SourceFile(path, File.ReadAllText(Codebase.PathOf(path)))))
            .ToArray().Should().BeEmpty();

    [Test]
    public void MaxColumns_IsThatOfTheEditor() =>
        File.ReadLines(Codebase.PathOf(".editorconfig")).Should().Contain($"max_line_length = {LineRules.MaxColumns}");

    [Test]
    public void TooLong_DeliberateViolation_IsFoundWithItsLine()
    {
        string[] lines = ["var text = 1;", $"var {Long} = 1;", $"Call(\"{Long}\", 1);", $"// {Long} x", $"Call(\"a\", \"{Long}\");"];

        LineRules.TooLong([new SourceFile("X.cs", string.Join('\n', lines))])
            .Should().Equal("X.cs:2: 149 columns", "X.cs:3: 152 columns", "X.cs:4: 145 columns", "X.cs:5: 154 columns");
    }

    [TestCase("    \"{0}\");")]
    [TestCase("    + $\"{0}{text}\";")]
    [TestCase("    \"\"\"{0}\"\"\",")]
    [TestCase("// https://example.com/{0}")]
    [TestCase("var text =\n    \"\"\"\n    a {0} line\n    \"\"\";")]
    public void TooLong_OfOneLiteralOrAddress_IsNone(string text) =>
        LineRules.TooLong([new SourceFile("X.cs", text.Replace("{0}", Long, StringComparison.Ordinal))]).Should().BeEmpty();
}
