using System.Diagnostics;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;

namespace SdkChat.EndToEnd.Tests.Release;

/// <summary>The output of <c>dotnet publish</c>, made once for all tests of this namespace.</summary>
[SetUpFixture]
public sealed class Publication
{
    private static readonly string Root = Directory.CreateTempSubdirectory("sdkchat-release-").FullName;

    /// <summary>A folder that any account may read.</summary>
    public static string Folder { get; } = Path.Combine(Root, "app");

    public static string Program => Path.Combine(Folder, "SdkChat.Api.dll");

    [OneTimeSetUp]
    public static async Task PublishAsync()
    {
        File.SetUnixFileMode(Root, File.GetUnixFileMode(Root) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            ["publish", Path.Combine(SdkChatProgram.Repository, "src", "SdkChat.Api"), "-c", "Release", "--no-build", "-o", Folder])
        {
            RedirectStandardOutput = true,
            // The SDK leaves two empty folders where temporary files go.
            Environment = { ["TMPDIR"] = Directory.CreateDirectory(Path.Combine(Root, "scratch")).FullName },
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, output);
    }

    [OneTimeTearDown]
    public static void Remove() => Directory.Delete(Root, recursive: true);
}
