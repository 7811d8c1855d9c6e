using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SdkChat.Infrastructure.Common;

namespace SdkChat.Infrastructure.Tests.Common;

public sealed class UnknownSettingsTests
{
    [TestCase("Live:PingSecond", "5", "Live:PingSeconds")]
    [TestCase("live:pignseconds", "5", "Live:PingSeconds")]
    [TestCase("Live:MaxPoolSize", "5", "Database:MaxPoolSize")]
    [TestCase("Live:Nonsense", "5", null)]
    [TestCase("Database:MaxPoolSize:0", "5", "Database:MaxPoolSize")]
    [TestCase("Lives:PingSeconds", "5", "Live:PingSeconds")]
    [TestCase("ConnectionStrings:SdkChats", "Host=db", "ConnectionStrings:SdkChat")]
    public void Find_NameThatIsNoSetting_IsFoundWithWhatWasMeant(string name, string value, string? meant) =>
        Find((name, value)).Should().Equal((name, meant));

    [TestCase("Live:PingSeconds", "5")]
    [TestCase("LIVE:PINGSECONDS", "5")]
    [TestCase("Live:ProbeGrace", "5")]
    [TestCase("Live", "a variable that happens to have this name")]
    [TestCase("ConnectionStrings:Reporting", "of another program")]
    [TestCase("ConnectionStrings:HistoryStandby", "Host=db")]
    [TestCase("Logging:LogLevel:Default", "Debug")]
    [TestCase("PATH", "/bin")]
    public void Find_SettingOrNameOfAnotherProgram_IsNotFound(string name, string value) => Find((name, value)).Should().BeEmpty();

    [TestCase("Live:PingSecond", 1007)]
    [TestCase("Live:Nonsense", 1008)]
    public async Task StartAsync_UnknownSetting_LogsItsNameWithoutItsValue(string name, int eventId)
    {
        var logger = new CollectingLogger();
        using var worker = Create(logger, (name, "hidden"));

        await worker.StartAsync(CancellationToken.None);
        await worker.ExecuteTask!;

        var entry = logger.Entries.Should().ContainSingle().Subject;
        entry.Id.Should().Be(eventId);
        entry.Text.Should().Contain(name).And.NotContain("hidden");
    }

    private static IEnumerable<(string, string?)> Find(params (string Name, string? Value)[] settings)
    {
        using var worker = Create(NullLogger<UnknownSettings>.Instance, settings);
        return [.. worker.Find()];
    }

    private static UnknownSettings Create(ILogger<UnknownSettings> logger, params (string Name, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))).Build();
        var services = new ServiceCollection().AddInfrastructure();
        var sections = services.Where(service => service.ServiceType == typeof(SettingsSection))
            .Select(service => (SettingsSection)service.ImplementationInstance!);
        return new UnknownSettings(configuration, sections, logger);
    }

    /// <summary>Keeps each entry with its structured values, which a JSON log contains besides the text.</summary>
    private sealed class CollectingLogger : ILogger<UnknownSettings>
    {
        public List<(int Id, string Text)> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add(
                (
                    eventId.Id,
                    $"{formatter(state, exception)} {string.Join(' ', (IEnumerable<KeyValuePair<string, object?>>)(object)state!)}"));
    }
}
