namespace SdkChat.Architecture.Tests.RepositoryFiles;

public sealed class CodeOwnersTests
{
    private static IEnumerable<string[]> Lines =>
        from line in File.ReadLines(Codebase.PathOf(".github/CODEOWNERS"))
        where line.Length > 0 && line[0] != '#'
        select line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [Test]
    public void Paths_All_Exist() =>
        Lines.Select(line => line[0]).Where(path => path != "*" && !Path.Exists(Codebase.Root + path)).Should().BeEmpty();

    [Test]
    public void Paths_All_HaveAnOwner() =>
        Lines.Should().NotBeEmpty().And.OnlyContain(line => line.Length > 1 && line.Skip(1).All(owner => owner.StartsWith('@')));

    /// <summary>The last match counts: one for everything anywhere else would undo the others.</summary>
    [Test]
    public void Paths_OfEverything_ComeFirst() => Lines.Select(line => line[0]).Should().OnlyHaveUniqueItems().And.StartWith("*");
}
