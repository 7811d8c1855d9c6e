using SdkChat.EndToEnd.Tests.FrontDoor.Support;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary>Data folders in awkward places.</summary>
public sealed class FolderTests
{
    [TestCase("one/two")]
    [TestCase("mit Leerzeichen, und Komma")]
    [TestCase("a-folder-whose-path-is-much-longer-than-the-107-bytes-that-the-kernel-allows-for-the-path-of-a-socket/and-then/some/more")]
    public async Task Migrate_AwkwardPath_Works(string name)
    {
        await using var instance = new Instance(name);

        var outcome = await instance.RunAsync("migrate");

        outcome.Should().Match<Finished>(finished => finished.Code == 0 && finished.Error.Length == 0);
    }

    [Test]
    public async Task Migrate_FolderThatIsAFile_IsRefusedInOneLine()
    {
        await using var instance = new Instance();
        await File.WriteAllTextAsync(instance.Folder, "");

        (await SdkChatProgram.RunAsync(["migrate", "--data", instance.Folder])).ShouldFailInOneLine(1, "*cannot be used*--data*");

        File.Delete(instance.Folder);
    }

    [Test]
    public async Task Migrate_FolderOfRootAlone_PutsTheClusterWhereItsAccountCanGo()
    {
        OnlyAsRoot();
        await using var instance = new Instance(isOpen: false);

        var first = await instance.RunAsync("migrate");
        var second = await instance.RunAsync("migrate");

        first.Should().Match<Finished>(finished => finished.Code == 0 && finished.Output.StartsWith("Applied"));
        second.Output.Should().Be("The schema is up to date.\n");
        instance.Home.Should().StartWith("/var/lib/sdkchat/");
    }

    [Test]
    public async Task Migrate_FolderOfRootAloneWasDeleted_RemovesTheOldCluster()
    {
        OnlyAsRoot();
        await using var instance = new Instance(isOpen: false);
        await instance.RunAsync("migrate");
        var old = instance.Home;
        Directory.Delete(instance.Folder, recursive: true);

        var again = await instance.RunAsync("migrate");

        again.Output.Should().StartWith("Applied");
        Directory.Exists(old).Should().BeFalse();
        Directory.Exists(instance.Home).Should().BeTrue();
    }

    [Test]
    public async Task Migrate_FolderOfRootAloneWasRenamed_KeepsItsCluster()
    {
        OnlyAsRoot();
        await using var instance = new Instance(isOpen: false);
        await instance.RunAsync("migrate");
        var renamed = instance.Folder + "-renamed";
        Directory.Move(instance.Folder, renamed);
        await SdkChatProgram.RunAsync(["migrate", "--data", renamed]);

        await instance.RunAsync("migrate");

        (await SdkChatProgram.RunAsync(["migrate", "--data", renamed])).Output.Should().Be("The schema is up to date.\n");
        Directory.Delete(Path.GetDirectoryName(new FileInfo(Path.Combine(renamed, "postgres")).LinkTarget!)!, recursive: true);
    }

    private static void OnlyAsRoot()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Ignore("Only root needs another account for its server.");
    }
}
