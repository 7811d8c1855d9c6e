namespace SdkChat.Architecture.Tests.RepositoryFiles;

/// <summary>docs/contract.md is a copy: the original is kept beside the repository, where there is one.</summary>
public sealed class ContractCopyTests
{
    [Test]
    public void Contract_InTheDocs_IsTheOriginal()
    {
        var original = Codebase.PathOf("../shared/CONTRACT.md");
        if (!File.Exists(original))
            Assert.Ignore("The original contract is not beside this repository.");

        File.ReadAllText(Codebase.PathOf("docs/contract.md")).Equals(File.ReadAllText(original), StringComparison.Ordinal)
            .Should().BeTrue("docs/contract.md is out of date: copy the original over it and read what has changed");
    }
}
