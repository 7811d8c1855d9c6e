using SdkChat.Development.EmbeddedPostgres;

namespace SdkChat.Development.Tests.EmbeddedPostgres;

public sealed class ServerLogTests
{
    private string _folder = null!;
    private string _file = null!;
    private ServerLog _log = null!;

    [SetUp]
    public void Make()
    {
        _folder = Directory.CreateTempSubdirectory("sdkchat-log-").FullName;
        _file = Path.Combine(_folder, "server.log");
        _log = new ServerLog(_file, "/shop");
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Explain_FullDisk_SaysWhatToDo()
    {
        File.WriteAllText(
            _file,
            "LOG:  starting\nPANIC:  could not write to file \"pg_wal/xlogtemp.31\": No space left on device\nLOG:  shutting down\n");

        _log.Explain().Should().Be("the disk of /shop is full. Free some space on it, or choose a folder on another disk with --data");
        _log.ExplainFullDisk().Should().NotBeNull();
    }

    [Test]
    public void Explain_AnotherEnd_QuotesTheServer()
    {
        File.WriteAllText(
            _file, "FATAL:  data directory \"/x\" has wrong ownership\nHINT:  The server must be started by the user that owns it.\n");

        _log.Explain().Should().Be($"FATAL:  data directory \"/x\" has wrong ownership (see {_file})");
        _log.ExplainFullDisk().Should().BeNull();
    }

    [Test]
    public void Explain_LinesOfAnEarlierRun_DoNotCount()
    {
        File.WriteAllText(_file, "PANIC:  could not write: No space left on device\n");
        _log.Begin();

        _log.Explain().Should().Be($"see {_file}");
    }

    [Test]
    public void Explain_NoLog_NamesItsPlace() => _log.Explain().Should().Be($"see {_file}");
}
