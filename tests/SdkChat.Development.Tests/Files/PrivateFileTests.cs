using System.Collections.Concurrent;
using SdkChat.Development.Files;

namespace SdkChat.Development.Tests.Files;

public sealed class PrivateFileTests
{
    private string _folder = null!;

    [SetUp]
    public void Make() => _folder = Directory.CreateTempSubdirectory("sdkchat-private-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Write_FileThatOthersMayRead_ReplacesItByOneThatTheyMayNot()
    {
        var file = Path.Combine(_folder, "secret");
        File.WriteAllText(file, "old");
        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.OtherRead);

        PrivateFile.Write(file, "new");

        File.ReadAllText(file).Should().Be("new");
        File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Test]
    public void ReadOrMake_ManyAtOnce_AllGetTheSame()
    {
        var file = Path.Combine(_folder, "secret");
        var read = new ConcurrentBag<string>();

        Parallel.For(0, 64, _ => read.Add(PrivateFile.ReadOrMake(file, () => Guid.NewGuid().ToString())));

        read.Distinct().Should().ContainSingle();
        Directory.GetFiles(_folder).Should().Equal(file);
    }
}
