using System.Text;
using SdkChat.Development.EmbeddedPostgres;

namespace SdkChat.Development.Tests.EmbeddedPostgres;

public sealed class SocketFolderTests
{
    /// <summary>What the kernel allows less what PostgreSQL appends.</summary>
    private const int Longest = 107 - 14;

    [Test]
    public void Path_ThatFits_IsTheHome()
    {
        var home = "/" + new string('x', Longest - 1);

        new SocketFolder(home).Path.Should().Be(home);
    }

    [TestCaseSource(nameof(Unfit))]
    public void Path_ThatDoesNotFit_IsAShortOneOfItsOwnAndTheSameEachTime(string home)
    {
        var folder = new SocketFolder(home).Path;

        Encoding.UTF8.GetByteCount(folder).Should().BeLessThanOrEqualTo(Longest);
        folder.Should().MatchRegex("/sdkchat-[0-9a-f]{16}$").And.Be(new SocketFolder(home).Path)
            .And.NotBe(new SocketFolder(home + "x").Path);
    }

    [Test]
    public void Make_NameTakenByALink_IsRefused()
    {
        var socket = new SocketFolder($"/{Guid.NewGuid()},");
        Directory.CreateSymbolicLink(socket.Path, Path.GetTempPath());
        try
        {
            var make = socket.Make;

            make.Should().Throw<EmbeddedPostgresException>().WithMessage($"{socket.Path}*");
        }
        finally
        {
            File.Delete(socket.Path);
        }
    }

    private static IEnumerable<string> Unfit() =>
    [
        "/" + new string('x', Longest),
        // Bytes count, not letters.
        "/" + new string('가', 40),
        // Hosts and folders are lists with commas.
        "/home/a,b",
        "/home/\"quoted\"",
    ];
}
