using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Live;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Common;

public sealed class RenamedSettingsTests
{
    [Test]
    public void OldName_Alone_Counts() => Options(("Live:DeafPollMilliseconds", "300"), ("Live:ProbeGrace", "7"))
        .Should().BeEquivalentTo(new { FallbackPollMilliseconds = 300, ProbeFailureThreshold = 7 });

    [Test]
    public void OldName_BesideTheNewOne_IsIgnored() =>
        Options(("Live:ProbeGrace", "7"), ("Live:ProbeFailureThreshold", "5")).ProbeFailureThreshold.Should().Be(5);

    [Test]
    public void OldName_WithAWrongValue_IsRefusedByTheNewName() => FluentActions.Invoking(() => Options(("Live:ProbeGrace", "0")))
        .Should().Throw<OptionsValidationException>().WithMessage("*ProbeFailureThreshold*");

    [Test]
    public async Task Start_WithAnOldName_WarnsOnce()
    {
        using var logs = new TestLogs();
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(logs));
        using var settings = new RenamedSettings(Configuration([("Live:ProbeGrace", "7")]), factory.CreateLogger<RenamedSettings>());

        await settings.StartAsync(default);
        await settings.ExecuteTask!;

        logs.Entries.Should().ContainSingle().Which.Text.Should().Contain("Live:ProbeGrace is now Live:ProbeFailureThreshold");
    }

    private static LiveOptions Options(params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection().AddSingleton(Configuration(settings));
        services.AddValidatedOptions<LiveOptions>(LiveOptions.Section);
        return services.BuildServiceProvider().GetRequiredService<IOptions<LiveOptions>>().Value;
    }

    private static IConfiguration Configuration((string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
}
